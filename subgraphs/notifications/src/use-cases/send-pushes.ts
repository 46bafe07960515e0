import { noticeText } from '../domain/messages/index.ts';
import type { PushDeliveries, PushHosts, SendPush } from '../domain/ports.ts';
import type { PushDelivery, PushLane } from '../domain/push-message.ts';
import { hostHealth, outcomeOf, type PushOutcome } from '../domain/push-outcome.ts';
import { findLocales, type FindLocalesDeps } from './find-locales.ts';

/** Deliveries that are tried at once; a host that does not answer holds up one batch of several. */
const BATCH = 50;
const WORKERS = 4;
/** Batches of a worker in one run, so that a run ends. */
const MAX_BATCHES = 200;

export interface SendPushesDeps extends FindLocalesDeps {
  readonly pushDeliveries: Pick<PushDeliveries, 'claim' | 'settle'>;
  readonly pushHosts: PushHosts;
  readonly sendPush: SendPush;
  readonly onPush: (outcome: PushOutcome['kind'], delivery: PushDelivery) => void;
}

/** Sends the deliveries of a lane that are due, at least once each. */
export async function sendPushes(deps: SendPushesDeps, lane: PushLane): Promise<void> {
  if (!(await sendBatch(deps, lane))) return;
  const worker = async (): Promise<void> => {
    for (let batch = 0; batch < MAX_BATCHES; batch += 1) if (!(await sendBatch(deps, lane))) return;
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
}

/** @returns whether more may be due */
async function sendBatch(deps: SendPushesDeps, lane: PushLane): Promise<boolean> {
  const deliveries = await deps.pushDeliveries.claim(lane, BATCH);
  if (deliveries.length === 0) return false;
  const locales = await findLocales(deps, [...new Set(deliveries.map(({ userId }) => userId))]);
  const tried = await Promise.all(
    deliveries.map(async (delivery) => {
      const text = noticeText(delivery.message, locales(delivery.userId));
      const outcome = outcomeOf(await deps.sendPush(delivery, text), delivery);
      deps.onPush(outcome.kind, delivery);
      return { id: delivery.id, host: delivery.host, outcome };
    }),
  );
  await deps.pushHosts.record(hostHealth(tried));
  await deps.pushDeliveries.settle(tried);
  return deliveries.length === BATCH;
}
