import type { UserCaller } from '@marquee/subgraph';
import { openLog, processRegistry } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import { beforeEach, expect, test } from 'vitest';

import { audit } from '../src/audit.ts';
import { promotionsOf } from '../src/adapters/promotions.ts';
import type { CouponSale } from '../src/domain/coupon.ts';
import { customer, lockWaits, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { ask, hold, key } from './operations.ts';
import { promotionsWith, type Reserve, reserving } from './promotions.ts';

const CREATE = `mutation($input: CreateBookingInput!) { result: createBooking(input: $input) { __typename
  ... on UserError { message } ... on CouponRejectedError { reason }
  ... on CreateBookingPayload { couponProblem couponProblemReason booking { id status coupon { code discount { amount currency } }
    price { subtotal { amount } discount { amount } total { amount currency } } } } } }`;
const CANCEL = `mutation($input: CancelBookingInput!) { result: cancelBooking(input: $input) {
  ... on CancelBookingPayload { refund { amount } booking { status coupon { code } } } } }`;
const MOVE = `mutation($input: RescheduleBookingInput!) { result: rescheduleBooking(input: $input) { __typename
  ... on UserError { message }
  ... on RescheduleBookingPayload { booking { show { id } coupon { code discount { amount } } price { discount { amount } } } } } }`;
const QUOTE = `query($id: ID!, $discount: MinorUnits!) { result: couponHold(id: $id) { customerId isActive titleId cityId
  organisationId subtotal { amount currency } discountable isFirstBooking totalAfter(discount: $discount) { amount } } }`;
const PAYABLE = `query($id: ID!) { result: payableBooking(id: $id) { sale { discount coupon { amount fundedBy } } } }`;
const promotions = { kind: 'service', name: 'promotions' } as const;

interface Booked {
  readonly __typename: string;
  readonly couponProblem: string | null;
  readonly couponProblemReason: string | null;
  readonly booking: { id: string; price: { total: { amount: number; currency: string } } };
}

const reserve: { answer: Reserve } = { answer: reserving(300) };
const harness = await openBooking({ calls: promotionsWith(reserve), start: false });
const { subgraph, database } = harness;
let show: TestShow;
beforeEach(async () => {
  reserve.answer = reserving(300);
  show = await scheduledShow(harness);
});

async function held(who: UserCaller, ...numbers: number[]): Promise<string> {
  const seats = numbers.map((number) => show.seat('A', number));
  return (await hold(subgraph, who, show.showId, seats)).hold.id;
}

const book = (who: UserCaller, holdId: string, couponCode: string | null = 'save3', idempotencyKey = key()) =>
  ask<Booked>(subgraph, who, CREATE, { input: { holdId, couponCode, idempotencyKey } });

/** The sale that payments is told of. */
async function saleOf(bookingId: string): Promise<unknown> {
  const event = await database.outboxEvent.findFirstOrThrow({ where: { type: 'booking.requested', key: bookingId } });
  return (event.payload as { sale: unknown }).sale;
}

/** The events to promotions about a booking. */
async function toldOf(bookingId: string): Promise<unknown[]> {
  const told = await database.outboxEvent.findMany({
    where: { type: 'booking.coupon-changed', key: bookingId },
    orderBy: { seq: 'asc' },
  });
  return told.map(({ payload }) => (payload as { status: string }).status);
}

test('a booking has the discount of its coupon, at the price that was quoted', async () => {
  const who = customer();
  const holdId = await held(who, 1, 2);
  const sale: CouponSale[] = [];
  reserve.answer = (input) => {
    sale.push(input);
    return reserving(300)(input);
  };
  const quote = await ask<Record<string, unknown>>(subgraph, promotions, QUOTE, { id: holdId, discount: 300 });
  const { booking, couponProblem, couponProblemReason } = await book(who, holdId);
  const { totalAfter, isActive: _active, ...quoted } = quote;
  expect(sale).toEqual([{ ...quoted, code: 'save3', holdId }]);
  expect(quoted).toMatchObject({ customerId: who.userId, titleId: 'ttl_1', cityId: 'cty_lon', isFirstBooking: true });
  expect(booking).toMatchObject({
    coupon: { code: 'SAVE3', discount: { amount: 300, currency: 'GBP' } },
    price: { subtotal: { amount: 2_000 }, discount: { amount: 300 }, total: totalAfter },
  });
  expect([couponProblem, couponProblemReason]).toEqual([null, null]);
  const coupon = { amount: 300, fundedBy: 'MARKETPLACE' };
  expect(await saleOf(booking.id)).toMatchObject({ discount: 300, coupon });
  const payable = await ask<object>(subgraph, { kind: 'service', name: 'payments' }, PAYABLE, { id: booking.id });
  expect(payable).toEqual({ sale: { discount: 300, coupon } });
});

test('promotions is told of each status of a booking with a coupon, and of no other booking', async () => {
  const who = customer();
  const { booking } = await book(who, await held(who, 1, 2));
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  expect(await toldOf(booking.id)).toEqual(['PENDING_PAYMENT', 'CONFIRMED']);
  const input = { bookingId: booking.id, refundTo: 'SOURCE', idempotencyKey: key() };
  const cancelled = await ask<object>(subgraph, who, CANCEL, { input });
  expect(cancelled).toMatchObject({ refund: booking.price.total && { amount: booking.price.total.amount } });
  expect(await toldOf(booking.id)).toEqual(['PENDING_PAYMENT', 'CONFIRMED', 'CANCELLED']);
  const other = await book(who, await held(who, 3), null);
  expect(await toldOf(other.booking.id)).toEqual([]);
  expect(await saleOf(other.booking.id)).not.toHaveProperty('coupon');
});

test('cancelled ticket by ticket, a booking with a coupon pays back exactly what was paid', async () => {
  const who = customer();
  const { booking } = await book(who, await held(who, 1, 2, 3));
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  const tickets = await database.ticket.findMany({ where: { bookingId: booking.id } });
  let refunded = 0;
  for (const { id } of tickets) {
    const input = { bookingId: booking.id, ticketIds: [id], refundTo: 'SOURCE', idempotencyKey: key() };
    refunded += (await ask<{ refund: { amount: number } }>(subgraph, who, CANCEL, { input })).refund.amount;
  }
  expect(refunded).toBe(booking.price.total.amount);
  const statuses = ['PENDING_PAYMENT', 'CONFIRMED', 'PARTIALLY_CANCELLED', 'CANCELLED'];
  expect(await toldOf(booking.id)).toEqual(statuses);
  const differing: string[] = [];
  for await (const line of audit(database)) differing.push(line);
  expect(differing).toEqual([]);
});

test('a booking that moves to another show keeps its coupon and its discount', async () => {
  const who = customer();
  const { booking } = await book(who, await held(who, 1, 2));
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  const other = await scheduledShow(harness);
  const to = { showId: other.showId, seatIds: [other.seat('A', 1), other.seat('A', 2)] };
  const input = { bookingId: booking.id, ...to, idempotencyKey: key() };
  const moved = await ask<object>(subgraph, who, MOVE, { input });
  expect(moved).toMatchObject({
    booking: { show: { id: other.showId }, coupon: { code: 'SAVE3' }, price: { discount: { amount: 300 } } },
  });
  expect(await toldOf(booking.id)).toEqual(['PENDING_PAYMENT', 'CONFIRMED']);
});

test('a booking that moves to cheaper seats has the same share off, also while it is moved again', async () => {
  const who = customer();
  const seats = [show.seat('B', 1), show.seat('B', 2)];
  const { booking } = await book(who, (await hold(subgraph, who, show.showId, seats)).hold.id);
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  const before = await database.booking.findFirstOrThrow({ where: { id: booking.id } });
  for (const row of ['A', 'A'] as const) {
    const other = await scheduledShow(harness);
    const to = { showId: other.showId, seatIds: [other.seat(row, 1), other.seat(row, 2)] };
    const input = { bookingId: booking.id, ...to, idempotencyKey: key() };
    const off = Math.floor((300 * 2_000) / Number(before.subtotal));
    expect(await ask<object>(subgraph, who, MOVE, { input })).toMatchObject({
      booking: { coupon: { code: 'SAVE3', discount: { amount: off } }, price: { discount: { amount: off } } },
    });
  }
  const differing: string[] = [];
  for await (const line of audit(database)) differing.push(line);
  expect(differing).toEqual([]);
});

test('a booking moves to no seats below the minimum of its coupon', async () => {
  const who = customer();
  reserve.answer = (input) => ({ ...reserving(300)(input), minimumSpend: { amount: 2_001, currency: 'GBP' } });
  const seats = [show.seat('B', 1), show.seat('B', 2)];
  const { booking } = await book(who, (await hold(subgraph, who, show.showId, seats)).hold.id);
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  const other = await scheduledShow(harness);
  const to = { showId: other.showId, seatIds: [other.seat('A', 1), other.seat('A', 2)] };
  const moved = await ask<object>(subgraph, who, MOVE, {
    input: { bookingId: booking.id, ...to, idempotencyKey: key() },
  });
  expect(moved).toMatchObject({ __typename: 'RescheduleClosedError', message: expect.stringContaining('20.01 GBP') });
});

test('while promotions is out of reach a booking is made without the coupon and says so, also when it is repeated', async () => {
  const who = customer();
  reserve.answer = () => Promise.reject(new Error('connection refused'));
  const [holdId, idempotencyKey] = [await held(who, 1, 2), key()];
  for (const attempt of [1, 2]) {
    const { booking, couponProblem, couponProblemReason } = await book(who, holdId, 'save3', idempotencyKey);
    expect(booking).toMatchObject({ coupon: null, price: { discount: { amount: 0 }, total: { amount: 2_144 } } });
    expect([attempt, couponProblem]).toEqual([attempt, expect.stringContaining('could not apply your coupon')]);
    expect(couponProblemReason).toBe('UNAVAILABLE');
  }
  expect(await book(who, holdId, 'other', idempotencyKey)).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});

test('a booking waits for its coupon for as long as its patience lasts, and each that does without is counted', async () => {
  const silent = promotionsWith({ answer: () => new Promise(() => undefined) });
  const log = openLog({ service: 'booking', level: 'silent' });
  const metrics = processRegistry();
  expect(await promotionsOf(silent, log, { metrics }, 5).reserve('save3', {} as CouponSale)).toBeNull();
  const failing = promotionsWith({ answer: () => Promise.reject(new Error('connection refused')) });
  expect(await promotionsOf(failing, log, { metrics }).reserve('save3', {} as CouponSale)).toBeNull();
  const counted = await metrics.getSingleMetricAsString('marquee_booking_coupons_lost_total');
  for (const cause of ['late', 'failed']) expect(counted).toContain(`{cause="${cause}"} 1`);
});

test('a coupon that cannot be used books nothing, and the hold stays', async () => {
  const who = customer();
  reserve.answer = () => ({ __typename: 'CouponRejectedError', reason: 'EXPIRED', message: 'Over.' });
  const holdId = await held(who, 1);
  expect(await book(who, holdId)).toEqual({ __typename: 'CouponRejectedError', reason: 'EXPIRED', message: 'Over.' });
  expect(await database.booking.count({ where: { showId: show.showId } })).toBe(0);
  expect(await book(who, holdId, null)).toMatchObject({ __typename: 'CreateBookingPayload' });
});

test('no booking is made once its coupon may have been released', async () => {
  const who = customer();
  reserve.answer = reserving(300, -1);
  expect(await book(who, await held(who, 1))).toMatchObject({ __typename: 'HoldExpiredError' });
});

test('what became of a hold is said once the booking that is being made of it is there or not', async () => {
  const holdId = await held(customer(), 1);
  const followed = 'query($ids: [ID!]!) { result: couponBookings(holdIds: $ids) { holdId bookingId } }';
  const { asked } = await database.$transaction(async (tx) => {
    await tx.$executeRaw`UPDATE seat_holds SET status = 'CONSUMED' WHERE city_code = 'lon' AND id = ${holdId}`;
    const waiting = ask(subgraph, promotions, followed, { ids: [holdId] });
    await eventually(async () => expect(await lockWaits(harness)).toBe(1));
    return { asked: waiting };
  });
  expect(await asked).toEqual([]);
});

test('a booking under way is known to whoever releases its coupon; control: asked without its lock, it is not', async () => {
  const pause = 4_711;
  await database.$executeRaw`CREATE FUNCTION pause_booking() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NEW; END'`;
  await database.$executeRaw`
    CREATE TRIGGER bookings_pause BEFORE INSERT ON bookings FOR EACH ROW EXECUTE FUNCTION pause_booking()`;
  const who = customer();
  const holdId = await held(who, 1);
  const followed = 'query($ids: [ID!]!) { result: couponBookings(holdIds: $ids) { holdId bookingId } }';
  const { booked, asked } = await database.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${pause}::bigint)`;
    const booking = book(who, holdId);
    await eventually(async () => expect(await lockWaits(harness)).toBe(1));
    expect(await database.booking.count({ where: { holdId } })).toBe(0);
    const asking = ask(subgraph, promotions, followed, { ids: [holdId] });
    await eventually(async () => expect(await lockWaits(harness)).toBe(2));
    return { booked: booking, asked: asking };
  });
  expect(await asked).toEqual([{ holdId, bookingId: (await booked).booking.id }]);
  await database.$executeRaw`DROP FUNCTION pause_booking CASCADE`;
});

test('a payment that comes after a booking with a coupon has expired is refunded: the coupon may be somebody else’s', async () => {
  const who = customer();
  const withCoupon = await book(who, await held(who, 1));
  const without = await book(who, await held(who, 2), null);
  await harness.letExpire(show.showId);
  await database.$executeRaw`UPDATE bookings SET status = 'EXPIRED' WHERE show_id = ${show.showId}`;
  for (const { booking } of [withCoupon, without]) {
    await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  }
  const statuses = await database.booking.findMany({ where: { showId: show.showId }, orderBy: { createdAt: 'asc' } });
  expect(statuses.map(({ status }) => status)).toEqual(['EXPIRED', 'CONFIRMED']);
  const refunds = { type: 'booking.refund-required', key: withCoupon.booking.id };
  expect(await database.outboxEvent.count({ where: refunds })).toBe(1);
});

test('a customer’s first booking is the first that was paid and not cancelled', async () => {
  const who = customer();
  const isFirst = async (holdId: string) =>
    (await ask<{ isFirstBooking: boolean }>(subgraph, promotions, QUOTE, { id: holdId, discount: 0 })).isFirstBooking;
  const { booking } = await book(who, await held(who, 1), null);
  const next = await held(who, 2);
  expect(await isFirst(next)).toBe(true);
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  expect(await isFirst(next)).toBe(false);
  // Paid as well: support has yet to decide on its seats.
  await database.$executeRaw`UPDATE bookings SET status = 'NEEDS_REVIEW' WHERE city_code = 'lon' AND id = ${booking.id}`;
  expect(await isFirst(next)).toBe(false);
});

test('only promotions asks for holds and bookings with a coupon, and only the customer sees which it is', async () => {
  const who = customer();
  const holdId = await held(who, 1);
  const { booking } = await book(who, holdId);
  const followed = 'query($ids: [ID!]!) { result: couponBookings(holdIds: $ids) { holdId bookingId } }';
  const ids = [holdId, await held(who, 2), 'lon_hld_none', 'no id'];
  expect(await ask(subgraph, promotions, followed, { ids })).toEqual([{ holdId, bookingId: booking.id }]);
  for (const caller of [who, { kind: 'service', name: 'payments' } as const]) {
    expect(await ask(subgraph, caller, followed, { ids })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await ask(subgraph, caller, QUOTE, { id: holdId, discount: 0 })).toMatchObject({ code: 'FORBIDDEN' });
  }
  const coupon = 'query($id: ID!) { result: booking(id: $id) { coupon { code } } }';
  expect(await ask(subgraph, who, coupon, { id: booking.id })).toEqual({ coupon: { code: 'SAVE3' } });
  expect(await ask(subgraph, customer(), coupon, { id: booking.id })).toMatchObject({ code: 'FORBIDDEN' });
});
