import type { Locale } from '@marquee/messages';

import { noticeText } from '../domain/messages/index.ts';
import type { PushDeliveries, PushHosts, SendPush, TriedDelivery } from '../domain/ports.ts';
import type { PushDelivery, PushLane } from '../domain/push-message.ts';
import { hostHealth, outcomeOf, type PushOutcome } from '../domain/push-outcome.ts';
import { findLocales, type FindLocalesDeps } from './find-locales.ts';

/** Deliveries that are sent at once, and those that must be answered before more are taken. */
const PACE: Readonly<Record<PushLane, { readonly atOnce: number; readonly step: number }>> = {
  TRANSACTIONAL: { atOnce: 200, step: 50 },
  // Few large steps: each is two commits, for which what people wait for would queue.
  BULK: { atOnce: 200, step: 100 },
};
/** When more is looked for, though few were answered: who does not answer holds up no other. */
const LOOK_AFTER_MS = 100;
/** A run ends. */
const MAX_STEPS = 1_000;

export interface SendPushesDeps extends FindLocalesDeps {
  readonly pushDeliveries: Pick<PushDeliveries, 'claim' | 'settle'>;
  readonly pushHosts: PushHosts;
  readonly sendPush: SendPush;
  readonly onPush: (outcome: PushOutcome['kind'], delivery: PushDelivery) => void;
}

type Tried = TriedDelivery & { readonly host: string };

/** Sends the deliveries of a lane that are due, at least once each. What is answered makes room for the next. */
export async function sendPushes(deps: SendPushesDeps, lane: PushLane): Promise<void> {
  const { atOnce, step } = PACE[lane];
  const window = new Window();
  try {
    for (let steps = 0; steps < MAX_STEPS; steps += 1) {
      const room = atOnce - window.size;
      const due = room > 0 ? await deps.pushDeliveries.claim(lane, room) : [];
      if (due.length === 0 && window.size === 0 && window.tried.length === 0) return;
      const locales = await findLocales(deps, [...new Set(due.map(({ userId }) => userId))]);
      for (const delivery of due) window.add(tryOne(deps, delivery, locales(delivery.userId)));
      await window.answers(due.length < room ? window.size : step, LOOK_AFTER_MS);
      if (window.size === 0 || window.tried.length >= step) await settle(deps, window.takeTried());
    }
  } finally {
    await window.answers(window.size);
    await settle(deps, window.takeTried());
  }
}

/** A text that cannot be written, now or later, concerns its own delivery only. */
async function tryOne(deps: SendPushesDeps, delivery: PushDelivery, locale: Locale): Promise<Tried> {
  const { id, host } = delivery;
  try {
    const text = noticeText(delivery.message, locale);
    const outcome = outcomeOf(await deps.sendPush(delivery, text), delivery);
    deps.onPush(outcome.kind, delivery);
    return { id, host, outcome };
  } catch (err) {
    deps.log.warn({ err, notificationId: delivery.notificationId }, 'a push could not be written');
    deps.onPush('REFUSED', delivery);
    return { id, host, outcome: { kind: 'REFUSED' } };
  }
}

async function settle(deps: SendPushesDeps, tried: readonly Tried[]): Promise<void> {
  if (tried.length === 0) return;
  await deps.pushHosts.record(hostHealth(tried));
  await deps.pushDeliveries.settle(tried);
}

/** Deliveries on their way, and those that were tried. */
class Window {
  readonly #flying = new Set<Promise<void>>();
  readonly #tried: Tried[] = [];
  #onAnswer = (): void => undefined;

  get size(): number {
    return this.#flying.size;
  }

  get tried(): readonly Tried[] {
    return this.#tried;
  }

  takeTried(): Tried[] {
    return this.#tried.splice(0);
  }

  add(trying: Promise<Tried>): void {
    const flying: Promise<void> = trying.then((tried) => {
      this.#tried.push(tried);
      this.#flying.delete(flying);
      this.#onAnswer();
    });
    this.#flying.add(flying);
  }

  /** Waits for so many answers. @param atMostMs for no longer */
  async answers(count: number, atMostMs?: number): Promise<void> {
    const until = Math.max(0, this.size - count);
    await new Promise<void>((resolve) => {
      const late = atMostMs === undefined ? undefined : setTimeout(resolve, atMostMs);
      this.#onAnswer = () => {
        if (this.size > until) return;
        clearTimeout(late);
        resolve();
      };
      this.#onAnswer();
    });
  }
}
