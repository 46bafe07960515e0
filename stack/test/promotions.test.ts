import { randomUUID } from 'node:crypto';
import { databaseOutage, eventually } from '@marquee/testkit';
import { beforeAll, expect, test } from 'vitest';

import { type GraphClient, registeredOperations } from '../src/client/index.ts';
import { chooseSeats } from '../src/demo/choose-show.ts';
import { HoldSeats, PayBooking } from '../src/demo/operations.ts';
import { type Marketplace, openMarketplace } from './marketplace.ts';
import { query } from './server-process.ts';

interface Money {
  readonly amount: number;
  readonly currency: string;
}

interface Answer {
  readonly __typename: string;
  readonly message?: string;
  readonly reason?: string;
}

interface Booked extends Answer {
  readonly couponProblem?: string | null;
  readonly booking?: {
    readonly id: string;
    readonly coupon: { readonly code: string } | null;
    readonly price: { readonly discount: Money; readonly total: Money };
  };
}

interface Page {
  readonly coupons: { edges: { node: { code: string; status: string; redeemedCount: number } }[] };
}

const storefront = registeredOperations('storefront');
const backoffice = registeredOperations('backoffice');
const CheckCoupon = storefront<
  { checkCoupon: Answer & { discount?: Money; totalAfterDiscount?: Money } },
  { holdId: string; code: string }
>('CheckCoupon');
const CreateBooking = storefront<{ createBooking: Booked }, { input: object }>('CreateBooking');
/** The registered operation, with the problem of the coupon. */
const CreateBookingTelling: typeof CreateBooking = {
  name: 'CreateBookingTelling',
  document: `mutation CreateBookingTelling($input: CreateBookingInput!) { createBooking(input: $input) { __typename
    ... on CreateBookingPayload { couponProblem booking { id coupon { code } price { discount { amount } } } } } }`,
};
const CancelBooking = storefront<{ cancelBooking: Answer & { refund?: Money } }, { input: object }>('CancelBooking');
const CreateCoupon = backoffice<{ createCoupon: Answer & { coupon?: { id: string } } }, { input: object }>(
  'CreateCoupon',
);
const Coupons = backoffice<Page, { first: number }>('Coupons');
const MyReferral = storefront<{
  viewer: { referral: { code: string; shareUrl: string; invitedCount: number; rewardedCount: number; earned: Money } };
}>('MyReferral');
const Register = storefront<{ register: Answer & { accessToken?: string } }, { input: object }>('Register');
const MyWallet = storefront<
  { viewer: { wallet: { balance: Money; transactions: { edges: { node: { type: string } }[] } } } },
  { first: number }
>('MyWallet');
interface Paid {
  readonly tickets: readonly { readonly qrCode: string }[];
  readonly payments: readonly { readonly id: string }[];
  readonly price: { readonly total: Money };
}
const Booking = storefront<{ booking: Paid | null }, { id: string }>('Booking');
const RefundPayment = backoffice<{ refundPayment: Answer }, { input: object }>('RefundPayment');
const ScanTicket = backoffice<{ scanTicket: Answer }, { qrCode: string; showId: string }>('ScanTicket');

const DAY_MS = 86_400_000;
const window = {
  startsAt: new Date(Date.now() - DAY_MS).toISOString(),
  endsAt: new Date(Date.now() + DAY_MS).toISOString(),
};

let marketplace: Marketplace;
let admin: GraphClient;
let partner: GraphClient;
let people: GraphClient[];

beforeAll(async () => {
  marketplace = await openMarketplace({ price: 2_000, settings: { promotions: { rewardDelayDays: 0 } } });
  const names = ['admin', 'partner', 'customer', 'customer2', 'advertiser'];
  const clients = await Promise.all(names.map((name) => marketplace.logIn(name)));
  [admin, partner, ...people] = clients as [GraphClient, GraphClient, ...GraphClient[]];
});

async function coupon(code: string, fields: object = {}): Promise<string> {
  const input = { code, kind: 'PERCENT', percentOff: 33, ...window, ...fields };
  const { createCoupon } = await admin.request(CreateCoupon, { input });
  return createCoupon.coupon?.id ?? JSON.stringify(createCoupon);
}

async function held(person: GraphClient): Promise<string> {
  const seatIds = (await chooseSeats(person, marketplace.showId, 1)).map(({ id }) => id);
  const input = { showId: marketplace.showId, seatIds, idempotencyKey: randomUUID() };
  return (await person.request(HoldSeats, { input })).holdSeats.hold?.id ?? '';
}

async function book(
  person: GraphClient,
  holdId: string,
  couponCode?: string,
  operation = CreateBooking,
): Promise<Booked> {
  const input = { holdId, idempotencyKey: randomUUID(), ...(couponCode !== undefined && { couponCode }) };
  return (await person.request(operation, { input })).createBooking;
}

async function pay(person: GraphClient, bookingId: string): Promise<string | undefined> {
  const input = { bookingId, with: { cardToken: 'tok_visa' }, idempotencyKey: randomUUID() };
  return (await person.request(PayBooking, { input })).payBooking.payment?.status;
}

async function couponOf(code: string) {
  const { coupons } = await admin.request(Coupons, { first: 10 });
  return coupons.edges.map(({ node }) => node).find((node) => node.code === code);
}

test('a single-use code on three holds of three people, all paid, gives one discount, and is free again after a cancellation', async () => {
  await coupon('ONLY-ONE', { redemptionLimit: 1 });
  const holds: string[] = [];
  for (const person of people) holds.push(await held(person));
  const quotes = await Promise.all(
    people.map((person, n) => person.request(CheckCoupon, { holdId: holds[n] ?? '', code: 'only-one' })),
  );
  const tried = await Promise.all(people.map((person, n) => book(person, holds[n] ?? '', 'only-one')));
  const booked = await Promise.all(
    tried.map((answer, n) => (answer.booking ? answer : book(people[n] as GraphClient, holds[n] ?? ''))),
  );
  expect(tried.filter(({ reason }) => reason === 'EXHAUSTED')).toHaveLength(2);
  const paid = await Promise.all(booked.map(({ booking }, n) => pay(people[n] as GraphClient, booking?.id ?? '')));
  expect(paid).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
  const winner = booked.findIndex(({ booking }) => booking?.coupon?.code === 'ONLY-ONE');
  expect(booked.filter(({ booking }) => booking && booking.price.discount.amount > 0)).toHaveLength(1);
  const { price, id = '' } = booked[winner]?.booking ?? {};
  expect(quotes[winner]?.checkCoupon).toMatchObject({ discount: price?.discount, totalAfterDiscount: price?.total });
  await eventually(async () =>
    expect(await couponOf('ONLY-ONE')).toMatchObject({ status: 'EXHAUSTED', redeemedCount: 1 }),
  );
  const input = { bookingId: id, refundTo: 'WALLET', idempotencyKey: randomUUID() };
  const { cancelBooking } = await (people[winner] as GraphClient).request(CancelBooking, { input });
  expect(cancelBooking.refund).toEqual(price?.total);
  await eventually(async () =>
    expect(await couponOf('ONLY-ONE')).toMatchObject({ status: 'ACTIVE', redeemedCount: 0 }),
  );
});

test('who is invited, books and comes earns both people a reward, in their wallets until the booking is refunded', async () => {
  const [customer] = people as [GraphClient];
  const { referral } = (await customer.request(MyReferral, {})).viewer;
  expect(await (await fetch(referral.shareUrl)).text()).toContain(`referralCode: "${referral.code}"`);
  const newcomer = { email: 'newcomer@marquee.test', password: 'a long walk home', displayName: 'New Comer' };
  const input = { ...newcomer, referralCode: referral.code.toLowerCase() };
  const { register } = await marketplace.client().request(Register, { input });
  const friend = marketplace.client(register.accessToken);
  const verify = 'UPDATE users SET email_verified_at = now() WHERE email_verified_at IS NULL';
  await query(marketplace.databaseUrl('accounts'), verify);
  const { booking: { id = '' } = {} } = await book(friend, await held(friend));
  expect(await pay(friend, id)).toBe('SUCCEEDED');
  const { qrCode } = await eventually(async () => {
    const [ticket] = (await friend.request(Booking, { id })).booking?.tickets ?? [];
    if (!ticket) throw new Error('there is no ticket yet');
    return ticket;
  });
  const { scanTicket } = await partner.request(ScanTicket, { qrCode, showId: marketplace.showId });
  expect(scanTicket.__typename).toBe('ScanTicketPayload');
  const reward = { amount: 400, currency: 'GBP' };
  await eventually(
    async () => {
      const { viewer } = await customer.request(MyReferral, {});
      expect(viewer.referral).toMatchObject({ code: referral.code, invitedCount: 1, rewardedCount: 1, earned: reward });
      const { wallet } = (await friend.request(MyWallet, { first: 5 })).viewer;
      expect(wallet).toMatchObject({ balance: reward, transactions: { edges: [{ node: { type: 'REWARD' } }] } });
    },
    { timeoutMs: 15_000 },
  );

  const paid = (await friend.request(Booking, { id })).booking;
  const refund = { paymentId: paid?.payments[0]?.id, amount: paid?.price.total, reason: 'The projector broke.' };
  const asked = { input: { ...refund, idempotencyKey: randomUUID() } };
  expect((await admin.request(RefundPayment, asked)).refundPayment.__typename).toBe('RefundPaymentPayload');
  await eventually(
    async () => {
      const { viewer } = await customer.request(MyReferral, {});
      expect(viewer.referral).toMatchObject({ rewardedCount: 0, earned: { amount: 0 } });
      const { wallet } = (await friend.request(MyWallet, { first: 5 })).viewer;
      expect(wallet.balance.amount).toBe(0);
    },
    { timeoutMs: 15_000 },
  );
});

test('while promotions is down a booking is made at the full price and says so, and its coupon is not used', async () => {
  await coupon('STORMY');
  const [customer] = people as [GraphClient];
  const holdId = await held(customer);
  const restore = await databaseOutage({ url: marketplace.databaseUrl('promotions') });
  const down = await book(customer, holdId, 'STORMY', CreateBookingTelling).finally(restore);
  expect(down).toMatchObject({
    couponProblem: expect.stringContaining('full price'),
    booking: { coupon: null, price: { discount: { amount: 0 } } },
  });
  expect(await pay(customer, down.booking?.id ?? '')).toBe('SUCCEEDED');
  const uses = "SELECT FROM coupon_redemptions JOIN coupons ON coupons.id = coupon_id WHERE code = 'STORMY'";
  expect(await query(marketplace.databaseUrl('promotions'), uses)).toHaveLength(0);
  expect((await book(customer, await held(customer), 'STORMY')).booking?.coupon).toEqual({ code: 'STORMY' });
});
