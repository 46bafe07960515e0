import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GraphRequestError, type GraphClient, registeredOperations } from '../src/client/index.ts';
import { chooseSeats } from '../src/demo/choose-show.ts';
import { Booking, CreateBooking, HoldSeats, PayBooking, SeatMap } from '../src/demo/operations.ts';
import { type Marketplace, openMarketplace } from './marketplace.ts';

const storefront = registeredOperations('storefront');
const MyWallet = storefront<
  { viewer: { wallet: { balance: { amount: number; currency: string } } } },
  { first: number }
>('MyWallet');

const TopUpWallet = storefront<{ topUpWallet: { __typename: string } }, { input: object }>('TopUpWallet');

let marketplace: Marketplace;
let customer: GraphClient;
let other: GraphClient;

beforeAll(async () => {
  marketplace = await openMarketplace({ settings: { booking: { holdSeconds: 3 } } });
  [customer, other] = await Promise.all([marketplace.logIn('customer'), marketplace.logIn('customer2')]);
});

afterAll(() => marketplace?.stop());

const key = randomUUID;

/** The code and the field, if any, of the error in a response. */
async function refusal(answer: Promise<unknown>): Promise<readonly string[]> {
  try {
    return [`no error but ${JSON.stringify(await answer)}`];
  } catch (error) {
    if (error instanceof GraphRequestError) return error.codes;
    throw error;
  }
}

/** The show's seat counts by status. */
async function seatCounts(): Promise<Record<string, number>> {
  const { show } = await customer.request(SeatMap, { showId: marketplace.showId });
  const counts: Record<string, number> = {};
  for (const { rows } of show?.seatMap.sections ?? []) {
    for (const { status } of rows.flatMap(({ seats }) => seats)) counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

async function freeSeat(): Promise<string> {
  const [seat] = await chooseSeats(customer, marketplace.showId, 1);
  return seat?.id ?? '';
}

async function hold(seatIds: string[], showId = marketplace.showId) {
  const { holdSeats } = await customer.request(HoldSeats, { input: { showId, seatIds, idempotencyKey: key() } });
  return holdSeats;
}

async function book(holdId: string, by = customer) {
  const { createBooking } = await by.request(CreateBooking, { input: { holdId, idempotencyKey: key() } });
  return createBooking;
}

async function pay(bookingId: string, cardToken: string, idempotencyKey = key()) {
  const { payBooking } = await customer.request(PayBooking, {
    input: { bookingId, with: { cardToken }, idempotencyKey },
  });
  return payBooking;
}

/** A booking that waits for its payment. */
async function pendingBooking(): Promise<string> {
  const { hold: held } = await hold([await freeSeat()]);
  const { booking } = await book(held?.id ?? '');
  return booking?.id ?? '';
}

test('an unknown id is null to a query and NOT_FOUND to a mutation', async () => {
  expect(await customer.request(Booking, { id: 'lon_bkg_00000000000000000000000000000000' })).toEqual({
    booking: null,
  });
  expect(await customer.request(SeatMap, { showId: 'no such show' })).toEqual({ show: null });
  expect(await refusal(hold(['A-1'], 'lon_shw_00000000000000000000000000000000'))).toEqual(['NOT_FOUND']);
  expect(await refusal(book('lon_hld_00000000000000000000000000000000'))).toEqual(['NOT_FOUND']);
  expect(await refusal(pay('lon_bkg_00000000000000000000000000000000', 'tok_visa'))).toEqual(['NOT_FOUND']);
});

test('an unknown seat is BAD_USER_INPUT, and none of the other seats is held', async () => {
  const before = await seatCounts();
  expect(await refusal(hold([await freeSeat(), 'a seat of another show']))).toEqual(['BAD_USER_INPUT']);
  expect(await seatCounts()).toEqual(before);
});

test('somebody else’s hold and booking are FORBIDDEN', async () => {
  const { hold: held } = await hold([await freeSeat()]);
  expect(await refusal(book(held?.id ?? '', other))).toEqual(['FORBIDDEN']);
  const { booking } = await book(held?.id ?? '');
  expect(await refusal(other.request(Booking, { id: booking?.id ?? '' }))).toEqual(['FORBIDDEN']);
  const input = { bookingId: booking?.id ?? '', with: { cardToken: 'tok_visa' }, idempotencyKey: key() };
  expect(await refusal(other.request(PayBooking, { input }))).toEqual(['FORBIDDEN']);
});

test('an expired hold cannot be booked, and its seat is free again', async () => {
  const before = await seatCounts();
  const { hold: held } = await hold([await freeSeat()]);
  expect(await seatCounts()).not.toEqual(before);
  await expect.poll(seatCounts, { timeout: 8_000 }).toEqual(before);
  expect((await book(held?.id ?? '')).__typename).toBe('HoldExpiredError');
});

test('after a declined card the seats stay reserved and another card can pay, but only once', async () => {
  const bookingId = await pendingBooking();
  const before = await seatCounts();
  expect(await pay(bookingId, 'tok_insufficient_funds')).toMatchObject({
    __typename: 'PaymentDeclinedError',
    declineCode: 'insufficient_funds',
  });
  expect(await seatCounts()).toEqual(before);
  expect(await pay(bookingId, 'tok_visa')).toMatchObject({ payment: { status: 'SUCCEEDED' } });
  expect((await pay(bookingId, 'tok_visa')).__typename).toBe('BookingNotPayableError');
  await expect
    .poll(() => customer.request(Booking, { id: bookingId }), { timeout: 5_000 })
    .toMatchObject({ booking: { status: 'CONFIRMED', tickets: [{}] } });
  const { booking } = await customer.request(Booking, { id: bookingId });
  expect(booking?.payments.filter(({ status }) => status === 'SUCCEEDED')).toHaveLength(1);
});

test('an idempotency key reused with another body is rejected, and the first request stands', async () => {
  const seatIds = [await freeSeat()];
  const input = { showId: marketplace.showId, seatIds, idempotencyKey: key() };
  const first = await customer.request(HoldSeats, { input });
  expect((await customer.request(HoldSeats, { input })).holdSeats.hold?.id).toBe(first.holdSeats.hold?.id);
  const another = { ...input, seatIds: [await freeSeat()] };
  expect(await refusal(customer.request(HoldSeats, { input: another }))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
});

test('a payment names exactly one means of payment, and an empty wallet cannot pay', async () => {
  const bookingId = await pendingBooking();
  const both = { bookingId, with: { cardToken: 'tok_visa', wallet: true }, idempotencyKey: key() };
  expect(await refusal(customer.request(PayBooking, { input: both }))).toEqual(['BAD_USER_INPUT']);
  const wallet = { bookingId, with: { wallet: true }, idempotencyKey: key() } as never;
  expect((await customer.request(PayBooking, { input: wallet })).payBooking.__typename).toBe(
    'InsufficientWalletBalanceError',
  );
  expect((await customer.request(MyWallet, { first: 5 })).viewer.wallet.balance.amount).toBe(0);
});

test('an amount that is no integer of at most 2^53 - 1 minor units is BAD_USER_INPUT', async () => {
  for (const amount of [1.5, '100', null, Number.MAX_SAFE_INTEGER + 1]) {
    const input = { amount: { amount, currency: 'EUR' }, with: { cardToken: 'tok_visa' }, idempotencyKey: key() };
    expect(await refusal(customer.request(TopUpWallet, { input }))).toEqual(['BAD_USER_INPUT']);
  }
});

test.each([
  ['malformed JSON', '{"query": "{ cities { edges', 400, 'BAD_USER_INPUT'],
  [
    'a body of more than 1 MB',
    JSON.stringify({ query: `{ __typename } # ${'x'.repeat(1 << 20)}` }),
    413,
    'OPERATION_TOO_LARGE',
  ],
  [
    'a query of many tokens',
    JSON.stringify({ query: `{ ${'__typename '.repeat(20_000)} }` }),
    413,
    'OPERATION_TOO_LARGE',
  ],
  ['a query that does not parse', JSON.stringify({ query: '{ cities {' }), 200, 'GRAPHQL_PARSE_FAILED'],
])('%s is refused', async (_what, body, status, code) => {
  const response = await post(body);
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  expect([response.status, errors[0]?.extensions.code]).toEqual([status, code]);
});

test.each(['Bearer nonsense', 'Bearer a.b.c', `Bearer ${foreignToken()}`])(
  'the token “%s” fails the whole request with 401',
  async (authorization) => {
    const response = await post(JSON.stringify({ query: '{ cities { edges { cursor } } }' }), { authorization });
    expect([response.status, await response.json()]).toMatchObject([
      401,
      { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    ]);
  },
);

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(marketplace.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

/** A well-formed token signed by an unknown key. */
function foreignToken(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: 'usr_1', sid: 'ses_1', roles: ['ADMIN'], exp: 9_999_999_999 };
  return `${part({ alg: 'EdDSA', kid: 'other' })}.${part(claims)}.${'A'.repeat(86)}`;
}
