import { beforeAll, expect, test } from 'vitest';

import { book, hold, read, seatsOf } from './operations.ts';
import { openBooking, customer, scheduledShow, type BookingHarness } from './harness.ts';

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking({ settings: { holdSeconds: 30, paymentSeconds: 1, warnSeconds: 60 } });
});

const alice = customer();
const patience = { timeout: 8_000 };

test('a hold expires by itself: its customer is warned once, its seats are freed, and the seat map changes', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const { hold: held } = await hold(harness.subgraph, alice, showId, [seat('A', 1)]);
  const warnings = () =>
    harness.database.outboxEvent.findMany({ where: { type: 'booking.hold-expiring', key: held.id } });
  await expect.poll(async () => (await warnings()).length, patience).toBe(1);
  await harness.letExpire(showId);
  await expect.poll(async () => (await seatsOf(harness.subgraph, showId)).version, patience).toBe(2);
  expect((await seatsOf(harness.subgraph, showId)).statuses[seat('A', 1)]).toBe('AVAILABLE');
  expect(await warnings()).toMatchObject([{ payload: { customerId: alice.userId, titleName: 'Metropolis' } }]);
  expect(await harness.database.seatHold.findMany({ where: { id: held.id } })).toMatchObject([{ status: 'EXPIRED' }]);
  const ended = await harness.database.outboxEvent.findMany({ where: { type: 'booking.hold-ended', key: held.id } });
  expect(ended.map(({ payload }) => payload)).toMatchObject([{ customerId: alice.userId, outcome: 'EXPIRED' }]);
});

test('an expired seat can be held by another customer before the background job frees it', async () => {
  const { showId, seat } = await scheduledShow(harness);
  await hold(harness.subgraph, alice, showId, [seat('A', 1)]);
  await harness.letExpire(showId);
  const bob = customer();
  expect(await hold(harness.subgraph, bob, showId, [seat('A', 1)])).toMatchObject({ __typename: 'HoldSeatsPayload' });
});

test('a booking that is not paid in time expires, frees its seats and emits the expiry', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const { hold: held } = await hold(harness.subgraph, alice, showId, [seat('A', 1)]);
  const { booking } = await book(harness.subgraph, alice, held.id);
  await expect.poll(async () => (await read(harness.subgraph, alice, booking.id)).status, patience).toBe('EXPIRED');
  expect((await seatsOf(harness.subgraph, showId)).statuses[seat('A', 1)]).toBe('AVAILABLE');
  const emitted = await harness.database.outboxEvent.findMany({ where: { type: 'booking.expired', key: booking.id } });
  expect(emitted.map(({ payload }) => payload)).toMatchObject([{ previousStatus: 'PENDING_PAYMENT' }]);
  expect(await harness.database.outboxEvent.count({ where: { type: 'booking.hold-ended', key: held.id } })).toBe(0);
});
