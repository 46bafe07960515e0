import { type Locale, localeOf } from '@marquee/messages';

import type { Person } from '../domain/people.ts';
import type { PushDelivery } from '../domain/push-message.ts';
import type { WaitingPush } from '../domain/push-plan.ts';
import { type QuietHours, quietUntil } from '../domain/quiet-hours.ts';
import { findPeople, type FindPeopleDeps } from './find-people.ts';

/** Until the time zone of somebody with quiet hours is asked for again, while accounts is away. */
const ASK_AGAIN_MS = 60_000;

export interface PlanPushesDeps extends FindPeopleDeps {
  readonly quietHours: { ofUsers(userIds: readonly string[]): Promise<(QuietHours & { userId: string })[]> };
  readonly pushPaces: {
    plan(due: readonly PushDelivery[]): Promise<PushDelivery[]>;
    delay(waits: readonly WaitingPush[]): Promise<void>;
  };
  readonly now: () => Date;
}

/** A delivery that goes out now, and the locale that it is written in. */
export interface ReadyPush {
  readonly delivery: PushDelivery;
  readonly locale: Locale;
}

/** Decides which deliveries go out now; the others wait for the end of quiet hours, or are collected in a digest. */
export async function planDuePushes(deps: PlanPushesDeps, due: readonly PushDelivery[]): Promise<ReadyPush[]> {
  const people = await findPeople(deps, idsOf(due));
  const urgent = due.filter((delivery) => delivery.isUrgent);
  const rest = due.filter((delivery) => !delivery.isUrgent);
  const waits = await quietOnes(deps, rest, people);
  if (waits.length > 0) await deps.pushPaces.delay(waits);
  const waiting = new Set(waits.map(({ id }) => id));
  const awake = rest.filter(({ id }) => !waiting.has(id));
  // A repeat was counted at its first try.
  const counted = awake.filter(({ attempts }) => attempts === 1);
  const planned = counted.length > 0 ? await deps.pushPaces.plan(counted) : [];
  const ready = [...urgent, ...awake.filter(({ attempts }) => attempts > 1), ...planned];
  return ready.map((delivery) => ({ delivery, locale: people.get(delivery.userId)?.locale ?? localeOf(null) }));
}

async function quietOnes(
  { quietHours, now }: PlanPushesDeps,
  due: readonly PushDelivery[],
  people: ReadonlyMap<string, Person>,
): Promise<WaitingPush[]> {
  if (due.length === 0) return [];
  const at = now();
  const hours = await quietHours.ofUsers(idsOf(due));
  const ends = new Map(hours.map(({ userId, ...own }) => [userId, quietEnd(own, people.get(userId), at)]));
  return due.flatMap(({ id, userId }) => {
    const until = ends.get(userId);
    return until ? [{ id, until }] : [];
  });
}

function quietEnd(hours: QuietHours, person: Person | undefined, now: Date): Date | null {
  if (!person) return new Date(now.getTime() + ASK_AGAIN_MS);
  return quietUntil(hours, person.timeZone ?? 'UTC', now);
}

function idsOf(deliveries: readonly PushDelivery[]): string[] {
  return [...new Set(deliveries.map(({ userId }) => userId))];
}
