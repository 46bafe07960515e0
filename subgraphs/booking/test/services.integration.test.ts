import { beforeAll, expect, test } from 'vitest';

import { type BookingHarness, customer, openBooking, scheduledShow } from './harness.ts';
import { ask, book, hold } from './operations.ts';

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking();
});

const alice = customer();
const service = (name: string) => ({ kind: 'service', name }) as const;
const FORBIDDEN = { code: 'FORBIDDEN' };

async function pendingBooking(): Promise<string> {
  const { showId, seat } = await scheduledShow(harness);
  const held = await hold(harness.subgraph, alice, showId, [seat('A', 1), seat('A', 2)]);
  const { booking } = await book(harness.subgraph, alice, held.hold.id);
  return booking.id as string;
}

test('only payments reads what is due for a booking', async () => {
  const id = await pendingBooking();
  const query = `query($id: ID!) { result: payableBooking(id: $id) {
    id customerId total { amount } titleName
    sale { organisationId country endsAt showVersion subtotal fees tax discount } } }`;
  expect(await ask(harness.subgraph, service('payments'), query, { id })).toMatchObject({
    customerId: alice.userId,
    total: { amount: 2_144 },
    sale: { organisationId: 'org_electric', country: 'GB', showVersion: 0, discount: 0 },
  });
  for (const caller of [alice, service('notifications')]) {
    expect(await ask(harness.subgraph, caller, query, { id })).toMatchObject(FORBIDDEN);
  }
});

test('only support reads what a support ticket depends on', async () => {
  const id = await pendingBooking();
  const query = 'query($id: ID!) { result: supportedBooking(id: $id) { customerId status country timeZone } }';
  const concerned = { customerId: alice.userId, status: 'PENDING_PAYMENT', country: 'GB', timeZone: 'Europe/London' };
  expect(await ask(harness.subgraph, service('support'), query, { id })).toEqual(concerned);
  for (const caller of [alice, service('payments')]) {
    expect(await ask(harness.subgraph, caller, query, { id })).toMatchObject(FORBIDDEN);
  }
});

test('no service reads a booking as if it were its owner', async () => {
  const id = await pendingBooking();
  const entity = 'query($ids: [_Any!]!) { result: _entities(representations: $ids) { ... on Booking { id status } } }';
  for (const caller of [service('payments'), service('notifications'), service('gateway')]) {
    const answer = await ask(harness.subgraph, caller, entity, { ids: [{ __typename: 'Booking', id }] });
    expect(answer).toMatchObject(FORBIDDEN);
  }
});

test('who judges risk sees what became of a booking, and nothing else of it', async () => {
  const ids = [{ __typename: 'Booking', id: await pendingBooking() }];
  const analyst = customer(undefined, ['risk:read']);
  const read = (field: string) => {
    const query = `query($ids: [_Any!]!) { result: _entities(representations: $ids) { ... on Booking { ${field} } } }`;
    return ask(harness.subgraph, analyst, query, { ids });
  };
  expect(await read('status')).toEqual([{ status: 'PENDING_PAYMENT' }]);
  for (const field of ['price { total { amount } }', 'customer { id }', 'tickets { id }'])
    expect(await read(field)).toMatchObject(FORBIDDEN);
});

test('only catalog asks how many seats of a show are taken', async () => {
  const { showId } = await scheduledShow(harness);
  const query = 'query($showId: ID!) { result: showDemand(showId: $showId) { __typename } }';
  for (const caller of [alice, service('payments')]) {
    expect(await ask(harness.subgraph, caller, query, { showId })).toMatchObject(FORBIDDEN);
  }
  const counted = await ask(harness.subgraph, service('catalog'), query, { showId });
  expect(counted).toMatchObject({ __typename: 'ShowDemand' });
});

test('only notifications asks whom the tickets of a show admit, a page at a time', async () => {
  const { showId } = await scheduledShow(harness);
  const holders = ['usr_a', 'usr_b', 'usr_c', 'usr_a', null];
  await harness.database.ticket.createMany({
    data: holders.map((holderId, at) => {
      const seat = { seatId: `A${at}`, seat: {}, bookingId: `lon_bkg_${at}` };
      return { cityCode: 'lon', id: `lon_tkt_${at}`, showId, status: 'ISSUED' as const, holderId, ...seat };
    }),
  });
  await harness.database.ticket.updateMany({ where: { showId, holderId: 'usr_b' }, data: { status: 'CANCELLED' } });
  const query = `query($showId: ID!, $after: ID, $first: Int!) {
    result: ticketHolders(showId: $showId, after: $after, first: $first) }`;
  const asking = (after: string | null, first: number) =>
    ask(harness.subgraph, service('notifications'), query, { showId, after, first });
  expect(await asking(null, 1)).toEqual(['usr_a']);
  expect(await asking('usr_a', 10)).toEqual(['usr_c']);
  for (const caller of [alice, service('payments')]) {
    expect(await ask(harness.subgraph, caller, query, { showId, first: 1 })).toMatchObject(FORBIDDEN);
  }
});
