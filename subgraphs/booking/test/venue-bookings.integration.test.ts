import type { Caller } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { accountsWith } from './accounts.ts';
import { cancel } from './cancelling.ts';
import { customer, openBooking, scheduledShow } from './harness.ts';
import { book, hold } from './operations.ts';

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

test('support reads them too; other partners and customers do not', async () => {
  expect((await list(customer('usr_agent', ['bookings:read']))).ids).toHaveLength(3);
  for (const other of [customer('usr_other', ['sales:read']), first.who]) {
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
