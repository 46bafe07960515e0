import type { OrganisationRoleOf, UserCaller } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { beforeAll, expect, test } from 'vitest';

import { RECHECK_MS } from '../src/domain/live-sales.ts';
import { accountsWith } from './accounts.ts';
import { buy, otherPartner, partner, support } from './gate.ts';
import { type BookingHarness, customer, openBooking, scheduledShow, type TestShow } from './harness.ts';

const SALES = `subscription($id: ID!) { liveSales(venueId: $id) { show { id } ticketsSold revenue { amount currency }
  availability { available total } } }`;

let harness: BookingHarness;
let show: TestShow;
/** Time by which the clock is ahead. */
let moved = 0;
const roles: Record<string, OrganisationRoleOf[]> = {};

beforeAll(async () => {
  harness = await openBooking({ calls: accountsWith({ roles }), now: () => new Date(Date.now() + moved) });
  show = await scheduledShow(harness, { perRow: 10 });
});

async function watch(caller: UserCaller, id = 'ven_1') {
  const stream = await harness.subgraph.subscribe({ query: SALES, variables: { id }, caller });
  return Symbol.asyncIterator in stream ? stream : { refused: stream.errors?.[0]?.extensions?.['code'] };
}

test('a venue’s partner sees each show’s sales as they are, at most once a second however many there are', async () => {
  const stream = await watch(partner);
  if (!('next' in stream)) throw new Error('refused');
  const seen: { ticketsSold: number; at: number }[] = [];
  const reading = (async () => {
    for await (const { data } of stream as AsyncIterable<{ data: { liveSales: { ticketsSold: number } } }>) {
      seen.push({ ...data.liveSales, at: Date.now() });
    }
  })();
  await Promise.all(Array.from({ length: 8 }, (_, n) => buy(harness, customer(), show, show.seat('A', n + 1))));
  await eventually(async () => expect(seen.at(-1)).toMatchObject({ ticketsSold: 8 }));
  expect(seen.at(-1)).toMatchObject({
    show: { id: show.showId },
    revenue: { amount: 8 * 1_072, currency: 'GBP' },
    availability: { available: 12, total: 20 },
  });
  const announced = await harness.database.$queryRaw<{ at: Date }[]>`
    SELECT occurred_at AS at FROM outbox_events WHERE type = 'booking.sales-changed' ORDER BY seq`;
  expect(announced).toHaveLength(seen.length);
  const gaps = announced.slice(1).map(({ at }, index) => at.getTime() - (announced[index]?.at.getTime() ?? 0));
  expect(gaps.filter((gap) => gap < 1_000)).toEqual([]);
  await stream.return?.();
  await reading;
});

test('nobody but its staff watches a venue, and a venue that nobody watches is not announced', async () => {
  for (const caller of [otherPartner, support, customer('usr_analyst', ['reports:read', 'sales:read'])]) {
    expect(await watch(caller)).toEqual({ refused: 'FORBIDDEN' });
  }
  expect(await watch(partner, 'ven_none')).toEqual({ refused: 'NOT_FOUND' });
  const before = await harness.database.outboxEvent.count({ where: { type: 'booking.sales-changed' } });
  await eventually(async () => expect(await harness.redis.pubsub('CHANNELS', '*live-sales*')).toEqual([]));
  await buy(harness, customer(), show, show.seat('B', 1));
  expect(await harness.database.outboxEvent.count({ where: { type: 'booking.sales-changed' } })).toBe(before);
});

test('who loses the role hears of no later sale, and the subscription ends', async () => {
  const follower = customer('usr_follower', ['sales:read']);
  roles[follower.userId] = [{ organisationId: 'org_electric', role: 'FINANCE' }];
  const stream = await watch(follower);
  if (!('next' in stream)) throw new Error('refused');
  const next = stream.next();
  roles[follower.userId] = [{ organisationId: 'org_electric', role: 'SCANNER' }];
  moved = RECHECK_MS;
  await buy(harness, customer(), show, show.seat('B', 2));
  await expect(next).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
});
