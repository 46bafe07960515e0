import { ANONYMOUS, type Caller, type UserCaller } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { cancel } from './cancelling.ts';
import { type BookingHarness, customer, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { ask, book, hold, key } from './operations.ts';

const PARTS = 'subtotal { amount } fees { amount } tax { amount } discount { amount } total { amount currency }';
const QUOTE = `query($id: ID!, $input: RescheduleQuoteInput!) { booking: booking(id: $id) { result: rescheduleQuote(input: $input) {
  __typename ... on UserError { message } ... on RescheduleQuote { ${PARTS} priceDifference { amount } } } } }`;
const MOVE = `mutation($input: RescheduleBookingInput!) { result: rescheduleBooking(input: $input) {
  __typename ... on RescheduleBookingPayload { priceDifference { amount } booking { price { ${PARTS} } } } } }`;

interface Quote {
  readonly __typename: string;
  readonly message: string;
  readonly priceDifference: { readonly amount: number };
}

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking({ rateLimits: false });
});

async function booked(row: 'A' | 'B', who: UserCaller) {
  const show = await scheduledShow(harness);
  const { hold: held } = await hold(harness.subgraph, who, show.showId, [show.seat(row, 1), show.seat(row, 2)]);
  const { booking } = await book(harness.subgraph, who, held.id);
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  return { ...show, id: booking.id };
}

async function quote(caller: Caller, id: string, input: object) {
  const { data, errors } = await harness.subgraph.execute({ query: QUOTE, variables: { id, input }, caller });
  const booking = data?.['booking'] as { result: Quote | null } | null | undefined;
  return { result: booking?.result ?? undefined, error: errors?.[0]?.extensions };
}

const two = ({ showId, seat }: TestShow, row: string) => ({ showId, seatIds: [seat(row, 1), seat(row, 2)] });

test.each([
  ['a dearer row', 'A', 'B', 1],
  ['a cheaper row', 'B', 'A', -1],
  ['the same row', 'A', 'A', 0],
] as const)('a move to %s costs just what its quote says, and asking moves nothing', async (_name, from, to, sign) => {
  const who = customer();
  const { id } = await booked(from, who);
  const there = two(await scheduledShow(harness), to);
  const { result: quoted } = await quote(who, id, there);
  expect(quoted?.__typename).toBe('RescheduleQuote');
  expect(Math.sign(quoted?.priceDifference.amount ?? NaN)).toBe(sign);
  expect(await harness.database.booking.findFirstOrThrow({ where: { id } })).toMatchObject({ pendingReschedule: null });
  const input = { bookingId: id, ...there, idempotencyKey: key() };
  const { __typename, priceDifference, ...price } = quoted ?? { __typename: '', priceDifference: { amount: NaN } };
  const moved = { priceDifference, ...(sign <= 0 && { booking: { price } }) };
  expect(await ask(harness.subgraph, who, MOVE, { input })).toMatchObject(moved);
});

test('a quote says why a booking cannot move', async () => {
  const who = customer();
  const { id } = await booked('A', who);
  const to = await scheduledShow(harness);
  await harness.deliver('catalog.show-cancelled', { showId: to.showId, cityCode: 'lon', reason: 'Rain' });
  expect(await quote(who, id, two(to, 'A'))).toMatchObject({ result: { __typename: 'ShowClosedError' } });
  const other = await scheduledShow(harness);
  const one = { ...two(other, 'A'), seatIds: [other.seat('A', 1)] };
  expect(await quote(who, id, one)).toMatchObject({ error: { code: 'BAD_USER_INPUT', field: 'input.seatIds' } });
  await cancel(harness.subgraph, who, id);
  expect(await quote(who, id, two(other, 'A'))).toMatchObject({
    result: { __typename: 'RescheduleClosedError', message: expect.stringContaining('paid') },
  });
});

test('nobody gets a quote for the booking of somebody else', async () => {
  const { id } = await booked('A', customer());
  const there = two(await scheduledShow(harness), 'A');
  expect(await quote(customer(), id, there)).toMatchObject({ error: { code: 'FORBIDDEN' } });
  expect(await quote(ANONYMOUS, id, there)).toMatchObject({ error: { code: 'UNAUTHENTICATED' } });
});
