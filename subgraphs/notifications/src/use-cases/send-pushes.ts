import { noticeText } from '../domain/messages/index.ts';
import type { PushDeliveries, PushHosts, SendPush } from '../domain/ports.ts';
import type { PushDelivery, PushLane } from '../domain/push-message.ts';
import { hostHealth, outcomeOf, type PushOutcome } from '../domain/push-outcome.ts';
import { findLocales, type FindLocalesDeps } from './find-locales.ts';

/**
 * Batches at once, and deliveries in each. A host that does not answer holds up one batch of several. Of bulk there is one
 * batch at a time, a large one: each is two commits, for which what people wait for would queue.
 */
const PACE: Readonly<Record<PushLane, { readonly workers: number; readonly batch: number }>> = {
  TRANSACTIONAL: { workers: 4, batch: 50 },
  BULK: { workers: 1, batch: 100 },
};
/** Batches of a worker in one run, so that a run ends. */
const MAX_BATCHES = 500;

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
    for (let sent = 0; sent < MAX_BATCHES; sent += 1) if (!(await sendBatch(deps, lane))) return;
  };
  await Promise.all(Array.from({ length: PACE[lane].workers }, worker));
}

/** @returns whether more may be due */
async function sendBatch(deps: SendPushesDeps, lane: PushLane): Promise<boolean> {
  const { batch } = PACE[lane];
  const deliveries = await deps.pushDeliveries.claim(lane, batch);
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
  return deliveries.length === batch;
}
