import { beforeAll, expect, test } from 'vitest';

import { book, hold, read, seatsOf } from './operations.ts';
import { bookingStage, customer, scheduledShow, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await bookingStage({ holdSeconds: 30, paymentSeconds: 1, warnSeconds: 60 });
});

const alice = customer();
const patience = { timeout: 8_000 };

test('a hold ends by itself: its customer is warned once, its seats are free again, and the change is told', async () => {
  const { showId, seat } = await scheduledShow(stage);
  const { hold: held } = await hold(stage.booking, alice, showId, [seat('A', 1)]);
  const warnings = () =>
    stage.database.outboxEvent.findMany({ where: { type: 'booking.hold-expiring', key: held.id } });
  await expect.poll(async () => (await warnings()).length, patience).toBe(1);
  await letHoldExpire(held.id);
  await expect.poll(async () => (await seatsOf(stage.booking, showId)).version, patience).toBe(2);
  expect((await seatsOf(stage.booking, showId)).statuses[seat('A', 1)]).toBe('AVAILABLE');
  expect(await warnings()).toMatchObject([{ payload: { customerId: alice.userId, titleName: 'Metropolis' } }]);
  expect(await stage.database.seatHold.findMany({ where: { id: held.id } })).toMatchObject([{ status: 'EXPIRED' }]);
});

/** Moves the deadlines of a hold into the past, as time would. */
async function letHoldExpire(id: string): Promise<void> {
  await stage.database.$executeRaw`UPDATE seat_holds SET expires_at = now() WHERE id = ${id}`;
  await stage.database.$executeRaw`UPDATE seat_claims SET expires_at = now() WHERE hold_id = ${id}`;
}

test('a seat whose hold is over can be held by another before any sweeper comes by', async () => {
  const { showId, seat } = await scheduledShow(stage);
  await hold(stage.booking, alice, showId, [seat('A', 1)]);
  await stage.database.$executeRaw`UPDATE seat_claims SET expires_at = now() WHERE show_id = ${showId}`;
  const bob = customer();
  expect(await hold(stage.booking, bob, showId, [seat('A', 1)])).toMatchObject({ __typename: 'HoldSeatsPayload' });
});

test('a booking that is not paid in time ends, frees its seats and is told', async () => {
  const { showId, seat } = await scheduledShow(stage);
  const { hold: held } = await hold(stage.booking, alice, showId, [seat('A', 1)]);
  const { booking } = await book(stage.booking, alice, held.id);
  await expect.poll(async () => (await read(stage.booking, alice, booking.id)).status, patience).toBe('EXPIRED');
  expect((await seatsOf(stage.booking, showId)).statuses[seat('A', 1)]).toBe('AVAILABLE');
  const told = await stage.database.outboxEvent.findMany({ where: { type: 'booking.expired', key: booking.id } });
  expect(told.map(({ payload }) => payload)).toMatchObject([{ previousStatus: 'PENDING_PAYMENT' }]);
});
