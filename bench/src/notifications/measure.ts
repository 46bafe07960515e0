import { setTimeout as pause } from 'node:timers/promises';
import { cancelled, confirmed } from './sample.ts';
import type { NotificationsWorld } from './world.ts';

/** As booking cancels: a batch, one after the other. */
const CANCELLED_AT_A_TIME = 500;
const BATCH_MS = 500;
const SALE_EVERY_MS = 100;
const LOOK_MS = 20;

/** The delay of confirmations, in milliseconds from the event until the customer has it. */
export interface Sales {
  readonly inApp: readonly number[];
  readonly pushed: readonly number[];
  readonly mailed: readonly number[];
}

/** How long everybody's cancellation took, in seconds, and what a person cost. */
export interface FanOut {
  readonly inAppSeconds: number;
  /** Of everybody whose browser answers. */
  readonly pushedSeconds: number;
  readonly mailedSeconds: number;
  /** Microseconds of the subgraph's processor. */
  readonly perPerson: number;
  readonly sales: Sales;
}

/** Sells a booking every tenth of a second until something is done. */
export async function sellUntil(world: NotificationsWorld, name: string, done: Promise<unknown>): Promise<Sales> {
  const soldAt = new Map<string, number>();
  const seenAt = new Map<string, number>();
  const state = { isDone: false };
  void done.finally(() => (state.isDone = true));
  const haveAll = () =>
    [seenAt, world.push.arrivals, world.mail.arrivals].every((arrivals) =>
      [...soldAt.keys()].every((person) => arrivals.has(person)),
    );
  const watching = (async () => {
    while (!state.isDone || !haveAll()) {
      const rows = await world.database.$queryRaw<{ id: string }[]>`
        SELECT user_id AS id FROM notifications WHERE user_id = ANY (${[...soldAt.keys()].filter((id) => !seenAt.has(id))})`;
      for (const { id } of rows) seenAt.set(id, performance.now());
      await pause(LOOK_MS);
    }
  })();
  for (let sale = 0; !state.isDone; sale += 1) {
    const person = `buyer_${name}_${sale}`;
    await world.subscribe([person]);
    soldAt.set(person, performance.now());
    await world.publish([confirmed(person)]);
    await pause(SALE_EVERY_MS);
  }
  await watching;
  const since = (times: ReadonlyMap<string, number>) =>
    [...soldAt].map(([person, at]) => (times.get(person) ?? Number.NaN) - at);
  return { inApp: since(seenAt), pushed: since(world.push.arrivals), mailed: since(world.mail.arrivals) };
}

/** Cancels the show of many people, while others book. */
export async function cancelFor(
  world: NotificationsWorld,
  { people, silent }: { readonly people: readonly string[]; readonly silent: ReadonlySet<string> },
): Promise<FanOut> {
  const processor = await world.processor();
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1_000;
  const cancelling = (async () => {
    for (let start = 0; start < people.length; start += CANCELLED_AT_A_TIME) {
      await world.publish(people.slice(start, start + CANCELLED_AT_A_TIME).map(cancelled));
      await pause(BATCH_MS);
    }
  })();
  const have = (those: readonly string[], arrivals: ReadonlyMap<string, number>) =>
    until(async () => those.every((person) => arrivals.has(person))).then(seconds);
  const inApp = until(async () => (await told(world)) >= people.length).then(seconds);
  const pushed = have(
    people.filter((person) => !silent.has(person)),
    world.push.arrivals,
  );
  const mailed = have(people, world.mail.arrivals);
  const sales = await sellUntil(world, 'busy', Promise.all([cancelling, inApp, pushed, mailed]));
  const perPerson = (((await world.processor()) - processor) / people.length) * 1e6;
  return {
    ...{ inAppSeconds: await inApp, pushedSeconds: await pushed, mailedSeconds: await mailed },
    ...{ perPerson, sales },
  };
}

async function told({ database }: NotificationsWorld): Promise<number> {
  const [row] = await database.$queryRaw<{ people: number }[]>`
    SELECT count(*)::int AS people FROM notifications WHERE message ->> 'key' = 'bookingCancelled'`;
  return row?.people ?? 0;
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone())) await pause(10 * LOOK_MS);
}
