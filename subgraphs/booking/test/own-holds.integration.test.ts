import { ANONYMOUS } from '@marquee/subgraph';
import { userCaller } from '@marquee/testkit/harness';
import { beforeAll, expect, test } from 'vitest';

import { type BookingHarness, customer, openBooking, scheduledShow } from './harness.ts';
import { ask, book, hold, holdBest, release } from './operations.ts';

const PRICE = 'price { subtotal { amount } fees { amount } tax { amount } total { amount currency } }';
const HOLD = `query($id: ID!) { result: hold(id: $id) { id status expiresAt seats { id tier { id } } ${PRICE} } }`;
const HOLDS = `query($ids: [_Any!]!) { result: _entities(representations: $ids) { ... on User { holds { id ${PRICE} } } } }`;
const TIERS = `query($ids: [_Any!]!) { result: _entities(representations: $ids) {
  ... on PriceTier { name allInPrice { amount currency } } ... on Show { allInPriceFrom { amount } } } }`;

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking();
});

const alice = customer();
const holdsOf = async (userId: string, caller = alice) =>
  ask<{ holds: { id: string }[] | null }[] & { code?: string }>(harness.subgraph, caller, HOLDS, {
    ids: [{ __typename: 'User', id: userId }],
  });

test('a customer finds a hold again after a reload, with its price as a booking will have it', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const { hold: held } = await hold(harness.subgraph, alice, showId, [seat('A', 1), seat('B', 1)]);
  const price = { subtotal: { amount: 2_500 }, fees: { amount: 150 }, tax: { amount: 30 } };
  const total = { amount: 2_680, currency: 'GBP' };
  const found = await ask(harness.subgraph, alice, HOLD, { id: held.id });
  expect(found).toMatchObject({ id: held.id, status: 'ACTIVE', expiresAt: held.expiresAt, price: { ...price, total } });
  expect((await holdsOf(alice.userId))[0]?.holds).toMatchObject([{ id: held.id, price: { ...price, total } }]);
  expect(await book(harness.subgraph, alice, held.id)).toMatchObject({ booking: { price: { ...price, total } } });
  expect(await ask(harness.subgraph, alice, HOLD, { id: held.id })).toMatchObject({ status: 'CONSUMED' });
});

test('a hold names the booking that it became, and none before', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const { hold: held } = await hold(harness.subgraph, alice, showId, [seat('A', 1)]);
  const query = 'query($id: ID!) { result: hold(id: $id) { booking { id status } } }';
  expect(await ask(harness.subgraph, alice, query, { id: held.id })).toEqual({ booking: null });
  const { booking } = await book(harness.subgraph, alice, held.id);
  const named = { booking: { id: booking.id, status: 'PENDING_PAYMENT' } };
  expect(await ask(harness.subgraph, alice, query, { id: held.id })).toEqual(named);
  expect(await ask(harness.subgraph, customer(), query, { id: held.id })).toMatchObject({ code: 'FORBIDDEN' });
});

test('only active holds are listed, the first to expire first', async () => {
  const who = customer();
  const shows = [await scheduledShow(harness), await scheduledShow(harness), await scheduledShow(harness)] as const;
  const holds = [];
  for (const { showId } of shows) holds.push((await holdBest(harness.subgraph, who, showId, 1)).hold.id);
  await harness.letExpire(shows[0].showId);
  await harness.letPass(shows[2].showId, 1);
  const listed = async () => (await holdsOf(who.userId, who))[0]?.holds?.map(({ id }) => id);
  expect(await listed()).toEqual([holds[2], holds[1]]);
  await release(harness.subgraph, who, holds[1] ?? '');
  expect(await listed()).toEqual([holds[2]]);
});

test('a hold is read by nobody but its customer; a person’s holds also by administrators', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const { hold: held } = await hold(harness.subgraph, alice, showId, [seat('A', 1)]);
  const support = userCaller('usr_admin', ['bookings:read', 'users:write']);
  for (const caller of [customer(), support]) {
    expect(await ask(harness.subgraph, caller, HOLD, { id: held.id })).toMatchObject({ code: 'FORBIDDEN' });
  }
  expect(await ask(harness.subgraph, ANONYMOUS, HOLD, { id: held.id })).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await ask(harness.subgraph, alice, HOLD, { id: 'lon_hld_none' })).toBeNull();
  expect(await holdsOf(alice.userId, customer())).toMatchObject({ code: 'FORBIDDEN' });
  expect((await holdsOf(alice.userId, support))[0]?.holds?.map(({ id }) => id)).toContain(held.id);
});

test('tiers and shows say what a customer pays for a seat', async () => {
  const { showId } = await scheduledShow(harness);
  const ids = [
    { __typename: 'PriceTier', id: `${showId}_t2` },
    { __typename: 'Show', id: showId },
    { __typename: 'PriceTier', id: `${showId}_t9` },
    { __typename: 'PriceTier', id: 'none' },
  ];
  expect(await ask(harness.subgraph, ANONYMOUS, TIERS, { ids })).toEqual([
    { name: 'Premium', allInPrice: { amount: 1_608, currency: 'GBP' } },
    { allInPriceFrom: { amount: 1_072 } },
    null,
    null,
  ]);
});

test('a change of prices concerns new holds only', async () => {
  const { showId, seat, layoutId } = await scheduledShow(harness);
  const { hold: held } = await hold(harness.subgraph, alice, showId, [seat('A', 1)]);
  const { startsAt, endsAt } = await harness.database.show.findFirstOrThrow({ where: { id: showId } });
  const tier = (name: string, position: number) => ({
    id: `${showId}_t${position}`,
    name,
    price: { amount: 2_000, currency: 'GBP' },
  });
  await harness.deliver('catalog.show-changed', {
    ...{ showId, layoutId, version: 1, cityCode: 'lon', highDemand: false, screen: { id: 'scr_1', name: 'Screen 1' } },
    ...{ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
    tiers: [tier('Standard', 1), tier('Premium', 2)],
  });
  expect(await book(harness.subgraph, alice, held.id)).toMatchObject({
    booking: { price: { total: { amount: 1_072 } } },
  });
  const dearer = await hold(harness.subgraph, alice, showId, [seat('A', 2)]);
  expect(dearer).toMatchObject({ hold: { total: { amount: 2_000 } } });
});
