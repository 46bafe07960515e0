import { workOff } from '@marquee/subgraph/due-work';

import { noticeText } from '../domain/messages/index.ts';
import type { PushDeliveries, PushHosts, SendPush, TriedDelivery } from '../domain/ports.ts';
import type { PushDelivery, PushLane } from '../domain/push-message.ts';
import { hostHealth, outcomeOf, type PushOutcome } from '../domain/push-outcome.ts';
import { planDuePushes, type PlanPushesDeps, type ReadyPush } from './plan-pushes.ts';

/** Deliveries that are sent at once, and those that must be answered before more are taken. */
const PACE: Readonly<Record<PushLane, { readonly atOnce: number; readonly step: number }>> = {
  TRANSACTIONAL: { atOnce: 200, step: 50 },
  // Few large steps: each is some commits, for which what people wait for would queue.
  BULK: { atOnce: 200, step: 100 },
};

export interface SendPushesDeps extends PlanPushesDeps {
  readonly pushDeliveries: Pick<PushDeliveries, 'claim' | 'settle'>;
  readonly pushHosts: PushHosts;
  readonly sendPush: SendPush;
  readonly onPush: (outcome: PushOutcome['kind'], delivery: PushDelivery) => void;
}

type Tried = TriedDelivery & Pick<PushDelivery, 'host' | 'attempts'>;

/** Sends the deliveries of a lane that are due and may go out now, at least once each. */
export async function sendPushes(deps: SendPushesDeps, lane: PushLane): Promise<void> {
  await workOff({
    ...{ ...PACE[lane], isHeavy: true },
    claim: (limit) => claimReady(deps, lane, limit),
    work: (push) => tryOne(deps, push),
    settle: async (tried: readonly Tried[]) => {
      await deps.pushHosts.record(hostHealth(tried));
      await deps.pushDeliveries.settle(tried);
      return true;
    },
  });
}

/** Takes deliveries until some may go out now, or no other is due. */
async function claimReady(deps: SendPushesDeps, lane: PushLane, limit: number): Promise<ReadyPush[]> {
  for (;;) {
    const due = await deps.pushDeliveries.claim(lane, limit);
    const ready = due.length === 0 ? [] : await planDuePushes(deps, due);
    if (due.length === 0 || ready.length > 0) return ready;
  }
}

/** A text that cannot be written, now or later, concerns its own delivery only. */
async function tryOne(deps: SendPushesDeps, { delivery, locale }: ReadyPush): Promise<Tried> {
  const { id, host, attempts } = delivery;
  try {
    const text = noticeText(delivery.message, locale);
    const outcome = outcomeOf(await deps.sendPush(delivery, text), delivery);
    deps.onPush(outcome.kind, delivery);
    return { id, host, attempts, outcome };
  } catch (err) {
    deps.log.warn({ err, notificationId: delivery.notificationId }, 'a push could not be written');
    deps.onPush('REFUSED', delivery);
    return { id, host, attempts, outcome: { kind: 'REFUSED' } };
  }
}
