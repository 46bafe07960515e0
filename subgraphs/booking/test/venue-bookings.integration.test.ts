import type { Caller } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { accountsWith } from './accounts.ts';
import { cancel } from './cancelling.ts';
import { customer, openBooking, scheduledShow } from './harness.ts';
import { ask, book, hold } from './operations.ts';

const harness = await openBooking({ calls: accountsWith({ names: { usr_zoe: 'Zoë Ardent', usr_max: 'Max' } }) });
const { subgraph } = harness;
const partner = customer('usr_partner', ['sales:read']);

const READ = `query($venues: [_Any!]!, $search: String, $status: [BookingStatus!], $first: Int, $after: String) {
  _entities(representations: $venues) { ... on Venue { id
    bookings(search: $search, status: $status, first: $first, after: $after) {
      edges { node { id status createdAt show { id } tickets { id status } price { total { amount } refunded { amount } } } }
      pageInfo { hasNextPage endCursor } } } } }`;

interface Page {
  readonly edges: readonly { readonly node: { readonly id: string; readonly status: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

async function list(caller: Caller, args: object = {}, query = READ) {
  const { data, errors } = await subgraph.execute({
    query,
    variables: { venues: [{ __typename: 'Venue', id: 'ven_1' }], ...args },
    caller,
  });
  const [venue] = (data as { _entities: ({ bookings: Page | null } | null)[] } | null)?._entities ?? [];
  return { page: venue?.bookings, ids: venue?.bookings?.edges.map(({ node }) => node.id), errors };
}

async function booked(row: string, number: number, who = customer()) {
  const show = await scheduledShow(harness);
  const held = await hold(subgraph, who, show.showId, [show.seat(row, number)]);
  const { booking } = await book(subgraph, who, held.hold.id);
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  return { id: booking.id, who };
}

const first = await booked('A', 1, customer('usr_zoe'));
const second = await booked('B', 2, customer('usr_max'));
const third = await booked('A', 1);
await cancel(subgraph, second.who, second.id);

test('a partner lists the bookings of their venue, the latest first, in pages', async () => {
  const page = await list(partner, { first: 2 });
  expect(page.errors).toBeUndefined();
  expect(page.ids).toEqual([third.id, second.id]);
  expect(page.page?.edges[0]?.node).toMatchObject({ status: 'CONFIRMED', tickets: [{ status: 'ISSUED' }] });
  expect(page.page?.pageInfo.hasNextPage).toBe(true);
  const rest = await list(partner, { first: 2, after: page.page?.pageInfo.endCursor });
  expect(rest).toMatchObject({ ids: [first.id], page: { pageInfo: { hasNextPage: false } } });
});

test.each([
  ['a seat as it is typed', { search: ' a 1 ' }, () => [third.id, first.id]],
  ['a booking’s id', { search: second.id.toUpperCase() }, () => [second.id]],
  ['a part of a holder’s name', { search: 'Ard' }, () => [first.id]],
  ['the name of somebody whose tickets are cancelled', { search: 'Max' }, () => []],
  ['a seat that nobody has', { search: 'B2' }, () => []],
  ['anything else', { search: '%' }, () => []],
  ['a status', { status: ['CANCELLED'] }, () => [second.id]],
  ['a status and a seat', { status: ['CANCELLED'], search: 'A1' }, () => []],
])('bookings are found by %s', async (_what, args, expected) => {
  expect((await list(partner, args)).ids).toEqual(expected());
});

test('an administrator reads them too, which is recorded; support, other partners and customers do not', async () => {
  const administrator = customer('usr_admin', ['bookings:read']);
  expect((await list(administrator)).ids).toHaveLength(3);
  const looks = await harness.database.outboxEvent.findMany({ where: { type: 'booking.audited' } });
  expect(looks.map(({ payload }) => payload)).toContainEqual(
    expect.objectContaining({ actorId: 'usr_admin', subjectType: 'Organisation', action: 'personal-data.read' }),
  );
  const support = customer('usr_agent', ['support:write', 'payments:refund']);
  for (const other of [customer('usr_other', ['sales:read']), first.who, support]) {
    const { page, errors } = await list(other);
    expect(page ?? null).toBeNull();
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  }
});

test('a partner does not see who booked, how it was paid, or codes that admit', async () => {
  for (const field of ['customer { id }', 'timeline { type }', 'seats { id }']) {
    const query = READ.replace('price {', `${field} price {`);
    expect((await list(partner, {}, query)).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  }
});

test('support reads the bookings of customers with a case, until seven days after it is resolved', async () => {
  const carol = customer();
  const booking = await booked('A', 2, carol);
  const support = customer(undefined, ['support:write', 'payments:refund', 'users:read']);
  const bookingsOf = `query($id: ID!) { result: _entities(representations: [{ __typename: "User", id: $id }]) {
    ... on User { bookings { edges { node { id } } } } } }`;
  const seen = async () => [
    await ask(subgraph, support, 'query($id: ID!) { result: booking(id: $id) { id status } }', { id: booking.id }),
    await ask(subgraph, support, bookingsOf, { id: carol.userId }),
  ];
  const change = (version: number, resolvedDaysAgo: number | null, customerId = carol.userId) =>
    harness.deliver('support.case-changed', {
      ...{ ticketId: `tic_of_${customerId}`, customerId, version },
      resolvedAt: resolvedDaysAgo === null ? null : new Date(Date.now() - resolvedDaysAgo * 86_400_000).toISOString(),
    });
  const refused = [{ code: 'FORBIDDEN' }, { code: 'FORBIDDEN' }];
  const served = [{ id: booking.id }, [{ bookings: {} }]];
  await change(1, null, first.who.userId);
  expect(await seen()).toMatchObject(refused);
  await change(1, null);
  expect(await seen()).toMatchObject(served);
  const log = { type: 'booking.audited', key: carol.userId };
  const looks = await harness.database.outboxEvent.findMany({ where: log, orderBy: { seq: 'asc' } });
  expect(looks.map(({ payload }) => payload)).toMatchObject([
    { actorId: support.userId, action: 'personal-data.read', detail: 'Read Booking by the scope support:write.' },
    { actorId: support.userId, action: 'personal-data.read', detail: 'Read User by the scope support:write.' },
  ]);
  await change(3, 6);
  expect(await seen()).toMatchObject(served);
  await change(4, 8);
  expect(await seen()).toMatchObject(refused);
  // An event of before that arrives late opens nothing.
  await change(2, null);
  expect(await seen()).toMatchObject(refused);
  await change(5, null);
  expect(await seen()).toMatchObject(served);
  await harness.deliver('account.erased', { userId: carol.userId });
  expect(await harness.database.supportCase.count({ where: { customerId: carol.userId } })).toBe(0);
});
