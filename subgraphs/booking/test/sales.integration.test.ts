import { ANONYMOUS, newId, type UserCaller } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { accountsWith } from './accounts.ts';
import { ask, book, hold } from './operations.ts';
import { openBooking, customer, scheduledShow, type BookingHarness, type TestShow } from './harness.ts';

const REPORT = `query($organisationId: ID, $venueId: ID, $from: Date!, $to: Date!, $groupBy: ReportGroup!) {
  result: salesReport(organisationId: $organisationId, venueId: $venueId, from: $from, to: $to, groupBy: $groupBy) {
    rows { key title { id } venue { id } city { id } ticketsSold gross { amount currency } refunds { amount } occupancyPercent } } }`;

/** Of a row of a day. */
const NOTHING_COMMON = { title: null, venue: null, city: null };

interface Row {
  readonly key: string;
  readonly ticketsSold: number;
}

interface Report {
  readonly rows: readonly Row[];
  readonly code?: string;
  readonly field?: string;
}

const owner = customer('usr_partner', ['sales:read']);
/** Owns two organisations, and scans tickets for a third. */
const founder = customer('usr_founder', ['sales:read']);
const analyst = customer('usr_analyst', ['reports:read']);
const alice = customer();

const FOUNDER = [
  { organisationId: 'org_electric', role: 'OWNER' },
  { organisationId: 'org_elsewhere', role: 'FINANCE' },
  { organisationId: 'org_third', role: 'SCANNER' },
] as const;

let harness: BookingHarness;

beforeAll(async () => {
  const roles = { usr_founder: FOUNDER };
  harness = await openBooking({ calls: accountsWith({ roles }) });
  // 22:30 and 00:30 in London: two days there, one in UTC.
  const sold = await scheduledShow(harness, { perRow: 2, startsAt: '2027-07-01T21:30:00.000Z' });
  await scheduledShow(harness, { perRow: 2, startsAt: '2027-07-01T23:30:00.000Z' });
  await sell(sold, 'A', 1);
  await sell(sold, 'B', 1);
});

async function sell({ showId, seat }: TestShow, ...place: readonly [string, number]): Promise<void> {
  const held = await hold(harness.subgraph, alice, showId, [seat(...place)]);
  const { booking } = await book(harness.subgraph, alice, held.hold.id);
  await harness.pay({ bookingId: booking.id, customerId: alice.userId, amount: booking.price.total });
}

function report(caller: UserCaller | typeof ANONYMOUS, change: object = {}): Promise<Report> {
  const variables = { venueId: 'ven_1', from: '2027-07-01', to: '2027-07-02', groupBy: 'DAY', ...change };
  return ask<Report>(harness.subgraph, caller, REPORT, variables);
}

test('a sales report groups shows by day in the venue’s time zone', async () => {
  expect((await report(owner)).rows).toEqual([
    {
      key: '2027-07-01',
      ...NOTHING_COMMON,
      ticketsSold: 2,
      gross: { amount: 1_072 + 1_608, currency: 'GBP' },
      refunds: { amount: 0 },
      occupancyPercent: 50,
    },
    {
      key: '2027-07-02',
      ...NOTHING_COMMON,
      ticketsSold: 0,
      gross: { amount: 0, currency: 'GBP' },
      refunds: { amount: 0 },
      occupancyPercent: 0,
    },
  ]);
  expect((await report(owner, { from: '2027-07-02' })).rows).toMatchObject([{ key: '2027-07-02' }]);
});

test('a venue or an organisation that cannot exist has no sales', async () => {
  expect((await report(analyst, { organisationId: 'org 1', venueId: null })).rows).toEqual([]);
  expect((await report(analyst, { venueId: 'ven 1' })).rows).toEqual([]);
});

test('a report by title, venue or city takes one statement', async () => {
  const keys: string[] = [];
  for (const groupBy of ['TITLE', 'VENUE', 'CITY']) {
    let found: Report | undefined;
    const sent = await harness.statements.during(async () => {
      found = await report(owner, { groupBy });
    });
    keys.push(...(found?.rows ?? []).map(({ key, ticketsSold }) => `${key} ${ticketsSold}`));
    expect(sent.filter((sql) => sql.includes('FROM shows AS show'))).toHaveLength(1);
  }
  expect(keys).toEqual(['ttl_1 2', 'ven_1 2', 'cty_lon 2']);
});

test('a row has the title, the venue or the city that it counts', async () => {
  const counted = async (groupBy: string) => (await report(owner, { groupBy })).rows;
  expect(await counted('TITLE')).toMatchObject([{ ...NOTHING_COMMON, title: { id: 'ttl_1' } }]);
  expect(await counted('VENUE')).toMatchObject([{ ...NOTHING_COMMON, venue: { id: 'ven_1' } }]);
  expect(await counted('CITY')).toMatchObject([{ ...NOTHING_COMMON, city: { id: 'cty_lon' } }]);
});

test('refunds are reported apart from sales, and unpaid bookings not at all', async () => {
  const show = await scheduledShow(harness, { perRow: 2, startsAt: '2027-08-01T12:00:00.000Z' });
  const { showId } = show;
  await sell(show, 'A', 1);
  await hold(harness.subgraph, alice, showId, [show.seat('A', 2)]);
  const { id, paymentId } = await harness.database.booking.findFirstOrThrow({ where: { showId } });
  const refund = { refundId: newId('ref'), paymentId: String(paymentId), bookingId: id, customerId: alice.userId };
  await harness.deliver('payment.refunded', { ...refund, amount: { amount: 400, currency: 'GBP' } });
  expect((await report(owner, { from: '2027-08-01', to: '2027-08-01' })).rows).toMatchObject([
    { ticketsSold: 1, gross: { amount: 1_072 }, refunds: { amount: 400 }, occupancyPercent: 25 },
  ]);
});

test('a partner sees only their own venues, an analyst all, and nobody else any', async () => {
  const stranger = customer('usr_stranger', ['sales:read']);
  for (const venueId of ['ven_1', null])
    expect(await report(stranger, { venueId })).toMatchObject({ code: 'FORBIDDEN' });
  expect((await report(analyst, { venueId: null })).rows).toHaveLength(2);
  expect(await report(alice)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await report(ANONYMOUS)).toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('a report covers the organisation that is named, for who follows its sales and for analysts', async () => {
  const { showId } = await scheduledShow(harness, { perRow: 2, startsAt: '2027-09-01T12:00:00.000Z' });
  const data = { organisationId: 'org_elsewhere', venueId: 'ven_2' };
  await harness.database.show.updateMany({ where: { id: showId }, data });
  const venues = async (caller: UserCaller, organisationId: string | null, venueId: string | null = null) => {
    const found = await report(caller, { organisationId, venueId, to: '2027-09-30', groupBy: 'VENUE' });
    return found.code ?? found.rows.map(({ key }) => key).toSorted();
  };
  for (const reader of [founder, analyst]) {
    expect(await venues(reader, null)).toEqual(['ven_1', 'ven_2']);
    expect(await venues(reader, 'org_electric')).toEqual(['ven_1']);
    expect(await venues(reader, 'org_elsewhere')).toEqual(['ven_2']);
    expect(await venues(reader, 'org_electric', 'ven_2')).toEqual([]);
  }
  for (const organisationId of ['org_third', 'org_unknown'])
    expect(await venues(founder, organisationId)).toBe('FORBIDDEN');
  expect(await venues(owner, 'org_elsewhere')).toBe('FORBIDDEN');
});

test.each([
  [{ from: '2027-07-03' }, 'to'],
  [{ to: '2028-08-01' }, 'to'],
  [{ from: '0000-12-31', to: '0001-01-01' }, 'from'],
])('the invalid period %j is refused and names its field', async (change, field) => {
  expect(await report(owner, change)).toMatchObject({ code: 'BAD_USER_INPUT', field });
});
