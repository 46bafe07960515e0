import { randomUUID } from 'node:crypto';
import { eventually } from '@marquee/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GraphRequestError, type GraphClient, registeredOperations } from '../src/client/index.ts';
import { chooseSeats } from '../src/demo/choose-show.ts';
import { CreateBooking, HoldSeats, PayBooking } from '../src/demo/operations.ts';
import { type Marketplace, openMarketplace } from './marketplace.ts';
import { type Cast, openAsSupport, readBySupport } from './audit-log/open-as-support.ts';
import { query } from './server-process.ts';

interface Report {
  salesReport: {
    rows: { key: string; ticketsSold: number; gross: object; refunds: object; occupancyPercent: number }[];
  };
}

const SalesReport = registeredOperations('backoffice')<
  Report,
  { venueId: string | null; from: string; to: string; groupBy: string }
>('SalesReport');

const CancelShow = registeredOperations('backoffice')<
  { cancelShow: { __typename: string } },
  { showId: string; reason: string }
>('CancelShow');

const MyNotifications = registeredOperations('storefront')<
  { viewer: { notifications: { edges: { node: { title: string; body: string } }[] } } },
  { first: number }
>('MyNotifications');

let marketplace: Marketplace;
let partner: GraphClient;
let venueId: string;
let bookingId: string;

beforeAll(async () => {
  // More than 2^31 pence.
  marketplace = await openMarketplace({ price: 3_000_000_001 });
  const customer = await marketplace.logIn('customer');
  partner = await marketplace.logIn('partner');
  const seatIds = (await chooseSeats(customer, marketplace.showId, 2)).map(({ id }) => id);
  const hold = { showId: marketplace.showId, seatIds, idempotencyKey: randomUUID() };
  const holdId = (await customer.request(HoldSeats, { input: hold })).holdSeats.hold?.id ?? '';
  const booking = { holdId, idempotencyKey: randomUUID() };
  bookingId = (await customer.request(CreateBooking, { input: booking })).createBooking.booking?.id ?? '';
  const payment = { bookingId, with: { cardToken: 'tok_visa' }, idempotencyKey: randomUUID() };
  await customer.request(PayBooking, { input: payment });
  const [venue] = await query(marketplace.databaseUrl('catalog'), 'SELECT id FROM venues');
  venueId = (venue as { id: string }).id;
});

afterAll(() => marketplace?.stop());

const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

function report(client: GraphClient, ofVenue: string | null, groupBy = 'VENUE'): Promise<Report> {
  return client.request(SalesReport, { venueId: ofVenue, from: day(0), to: day(14), groupBy });
}

async function codes(answer: Promise<unknown>): Promise<readonly string[]> {
  try {
    return [JSON.stringify(await answer)];
  } catch (error) {
    if (error instanceof GraphRequestError) return error.codes;
    throw error;
  }
}

test('a partner sees the exact sales of their own venue, and so does an analyst', async () => {
  const sold = {
    key: venueId,
    ticketsSold: 2,
    // Two seats, 6 % fee, and 20 % tax on the fee.
    gross: { amount: 6_432_000_002, currency: 'GBP' },
    refunds: { amount: 0, currency: 'GBP' },
    occupancyPercent: 20,
  };
  const analyst = await marketplace.logIn('analyst');
  await expect.poll(() => report(partner, venueId), { timeout: 8_000 }).toEqual({ salesReport: { rows: [sold] } });
  for (const [client, ofVenue] of [
    [partner, null],
    [analyst, venueId],
    [analyst, null],
  ] as const) {
    expect(await report(client, ofVenue)).toEqual({ salesReport: { rows: [sold] } });
  }
});

test('a partner is denied the sales of another venue, or of all, before booking is queried', async () => {
  expect(await codes(report(partner, 'ven_none'))).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
  await query(marketplace.databaseUrl('catalog'), `UPDATE venues SET organisation_id = 'org_other'`);
  expect(await codes(report(partner, venueId))).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
});

test('customers and anonymous callers are denied every sales report', async () => {
  const customer = await marketplace.logIn('customer');
  for (const client of [customer, marketplace.client()]) {
    expect(await codes(report(client, null))).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
  }
});

test('an agent sees the booking and payment of a ticket while it is a case, and the audit log has each look', async () => {
  const [customer, agent, admin] = await Promise.all(['customer', 'agent', 'admin'].map(marketplace.logIn));
  const looks = await openAsSupport({ marketplace, bookingId }, { customer, agent, admin } as Cast);
  expect(looks.stranger).toEqual(['FORBIDDEN']);
  expect(looks.seen).toMatchObject({ id: bookingId, payments: [{ status: 'SUCCEEDED' }] });
  expect(looks.logged).toEqual(expect.arrayContaining(['Booking', 'Payment', 'SupportTicket'].map(readBySupport)));
  expect(looks.eightDaysLater).toEqual(looks.stranger);
});

test('a cancelled show: its bookings are cancelled and refunded, and their customers are notified', async () => {
  const admin = await marketplace.logIn('admin');
  const customer = await marketplace.logIn('customer');
  const { cancelShow } = await admin.request(CancelShow, {
    showId: marketplace.showId,
    reason: 'The hall is flooded',
  });
  expect(cancelShow).toMatchObject({ show: { status: 'CANCELLED' } });
  await eventually(async () => {
    const [booking] = await query(marketplace.databaseUrl('booking'), 'SELECT status, refunded, total FROM bookings');
    const { status, refunded, total } = booking as { status: string; refunded: bigint; total: bigint };
    expect({ status, refunded }).toEqual({ status: 'CANCELLED', refunded: total });
  });
  await eventually(async () => {
    const { viewer } = await customer.request(MyNotifications, { first: 20 });
    expect(viewer.notifications.edges.map(({ node }) => node)).toContainEqual(
      expect.objectContaining({
        title: expect.stringMatching(/^Cancelled: /),
        body: expect.stringMatching(/The hall is flooded\. .* is being refunded\.$/),
      }),
    );
  });
});
