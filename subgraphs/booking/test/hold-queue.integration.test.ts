import type { UserCaller } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { type BookingHarness, customer, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { type Answer, hold, seatsOf } from './operations.ts';

/** Of one process. */
const CONNECTIONS = 10;

/** Runs work while requests of a customer for a seat each wait for the lock of their claims. */
async function whileClaimsWait(
  at: BookingHarness,
  { show, who, count }: { show: TestShow; who: UserCaller; count: number },
  work: () => Promise<void>,
): Promise<Answer[]> {
  const requests = await at.database.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM lock_seat_usage(${who.userId}, 'lon', ${show.showId}, '{}')`;
    const sent = Array.from({ length: count }, (_, index) =>
      hold(at.subgraph, who, show.showId, [show.seat('A', index + 1)]),
    );
    await work();
    return { sent };
  });
  return Promise.all(requests.sent);
}

async function waiting({ database }: BookingHarness): Promise<number> {
  const [row] = await database.$queryRaw<{ waits: number }[]>`
    SELECT count(*)::int AS waits FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.waits ?? 0;
}

test('a customer who asks for many seats at once takes one connection, and others hold seats meanwhile', async () => {
  const harness = await openBooking();
  const show = await scheduledShow(harness, { perRow: 60 });
  const answers = await whileClaimsWait(harness, { show, who: customer(), count: 40 }, async () => {
    await eventually(async () => expect(await waiting(harness)).toBe(1));
    expect(await hold(harness.subgraph, customer(), show.showId, [show.seat('B', 1)])).toHaveProperty('hold');
    await seatsOf(harness.subgraph, show.showId);
    expect(await waiting(harness)).toBe(1);
  });
  expect(answers.filter(({ __typename }) => __typename === 'HoldSeatsPayload')).toHaveLength(10);
  expect(answers.filter(({ code }) => code === 'RATE_LIMITED')).toHaveLength(7);
});

test('control: without the queue their claims wait with every connection', async () => {
  const harness = await openBooking({ rateLimits: false });
  const show = await scheduledShow(harness, { perRow: 60 });
  await whileClaimsWait(harness, { show, who: customer(), count: 40 }, async () => {
    await eventually(async () => expect(await waiting(harness)).toBe(CONNECTIONS));
  });
});
