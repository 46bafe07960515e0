import type { UserCaller } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { auditBookings } from '../src/adapters/booking-audit.ts';
import { UnacceptedTicketRepository } from '../src/adapters/unaccepted-tickets.ts';
import { otherPartner, partner, SCAN, support } from './gate.ts';
import { type BookingHarness, customer, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { ask, hold, key, seatsOf } from './operations.ts';

const GIVE = `mutation($input: IssueComplimentaryTicketsInput!) { result: issueComplimentaryTickets(input: $input) { __typename
  ... on IssueComplimentaryTicketsPayload { booking { id status price { total { amount currency } } tickets { id qrCode } } }
  ... on SeatUnavailableError { seatIds } ... on UserError { message } } }`;
const MAIL = 'query($id: ID!) { result: ticketOfferMail(offerId: $id) { to token tickets } }';
const ACCEPT = `mutation($token: String!) { result: acceptTicketTransfer(token: $token) { __typename
  ... on AcceptTicketTransferPayload { tickets { id qrCode seat { id } } } ... on UserError { message } } }`;

interface Given {
  readonly __typename: string;
  readonly booking: { readonly id: string; readonly tickets: readonly { readonly id: string }[] };
}

const vendor: UserCaller = { ...partner, scopes: [...partner.scopes, 'seats:write'] };
const rival: UserCaller = { ...otherPartner, scopes: vendor.scopes };
let harness: BookingHarness;
let show: TestShow;

beforeAll(async () => {
  harness = await openBooking();
  show = await scheduledShow(harness, { perRow: 10 });
});

const give = (caller: UserCaller, seatIds: readonly string[], more: object = {}) =>
  ask<Given>(harness.subgraph, caller, GIVE, {
    input: {
      showId: show.showId,
      seatIds,
      toEmail: 'Critic@Example.com',
      reason: 'Press',
      idempotencyKey: key(),
      ...more,
    },
  });

test('the recipient gets all tickets by one mail, the partner no code, and the seats are sold for nothing', async () => {
  const seatIds = [show.seat('A', 1), show.seat('A', 2)];
  const given = await give(vendor, seatIds);
  expect(given).toMatchObject({
    booking: {
      ...{ status: 'CONFIRMED', price: { total: { amount: 0, currency: 'GBP' } } },
      tickets: [{ qrCode: null }, { qrCode: null }],
    },
  });
  expect((await seatsOf(harness.subgraph, show.showId)).availability).toMatchObject({ sold: 2, held: 0 });
  const row = await harness.database.booking.findFirstOrThrow({ where: { id: given.booking.id } });
  expect(row).toMatchObject({ complimentaryReason: 'Press', customerId: 'usr_partner' });
  const { offerId } = await harness.database.ticketTransfer.findFirstOrThrow({ where: { bookingId: row.id } });
  const accounts = { kind: 'service', name: 'accounts' } as const;
  const mail = await ask<{ token: string }>(harness.subgraph, accounts, MAIL, { id: offerId });
  expect(mail).toMatchObject({ to: 'critic@example.com', tickets: 2 });
  const accepted = await ask<{ tickets: [{ qrCode: string }] }>(harness.subgraph, customer(), ACCEPT, {
    token: mail.token,
  });
  expect(accepted).toMatchObject({
    tickets: seatIds.map((id) => ({ qrCode: expect.stringContaining('MQ2.'), seat: { id } })),
  });
  const { qrCode } = accepted.tickets[0];
  await ask(harness.subgraph, partner, SCAN, { qrCode, showId: show.showId });
  const [checkIn] = await harness.database.outboxEvent.findMany({ where: { type: 'booking.ticket-checked-in' } });
  expect(checkIn?.payload).toMatchObject({ bookingId: row.id, isComplimentary: true });
});

test('why tickets were given to somebody goes with their account, from the history too, which says all else', async () => {
  const given = await give(vendor, [show.seat('B', 9)], { reason: 'Birthday of Robin' });
  const { offerId } = await harness.database.ticketTransfer.findFirstOrThrow({
    where: { bookingId: given.booking.id },
  });
  const accounts = { kind: 'service', name: 'accounts' } as const;
  const { token } = await ask<{ token: string }>(harness.subgraph, accounts, MAIL, { id: offerId });
  const robin = customer();
  await ask(harness.subgraph, robin, ACCEPT, { token });
  const answer = await ask<string>(
    harness.subgraph,
    accounts,
    'query ($id: ID!) { result: personalData(userId: $id) }',
    {
      id: robin.userId,
    },
  );
  expect(JSON.parse(answer)).toMatchObject({ tickets: [{ givenBecause: 'Birthday of Robin' }], bookings: [] });
  const events = () =>
    harness.database.bookingEvent.findMany({ where: { bookingId: given.booking.id }, orderBy: { version: 'asc' } });
  const before = JSON.stringify(await events());
  expect(before).toContain('"Birthday of Robin"');
  await harness.deliver('account.erased', { userId: robin.userId });
  await harness.deliver('account.erased', { userId: robin.userId });
  expect(JSON.stringify(await events())).toBe(before.replace('Birthday of Robin', 'Erased'));
  const row = await harness.database.booking.findFirst({ where: { id: given.booking.id } });
  expect(row).toMatchObject({ complimentaryReason: 'Erased' });
  for await (const { differing } of auditBookings(harness.database)) expect(differing).toEqual([]);
});

test('history changes in no other way', async () => {
  const history = harness.database;
  const change = (statement: string) => expect(history.$executeRawUnsafe(statement)).rejects.toThrow(/append-only/);
  await change(`UPDATE booking_events SET data = data || '{"complimentaryReason": "Another"}'`);
  await change(`UPDATE booking_events SET data = data || '{"complimentaryReason": "Erased", "x": 1}'`);
  await change('UPDATE booking_events SET data = erased_data(type, data), at = now()');
  await change('DELETE FROM booking_events');
});

test('blocked seats are given away too; a seat that is held or sold keeps all of them from it', async () => {
  await harness.database.$executeRaw`
    INSERT INTO seat_claims (city_code, show_id, seat_id, section, state)
    VALUES ('lon', ${show.showId}, ${show.layoutSeat('A', 3)}, 'Stalls', 'BLOCKED')`;
  await harness.database.$executeRaw`UPDATE shows SET blocked_count = 1 WHERE id = ${show.showId}`;
  await harness.database.$executeRaw`
    UPDATE seat_counts SET blocked_count = 1 WHERE show_id = ${show.showId} AND section = 'Stalls'`;
  expect(await give(vendor, [show.seat('A', 3)])).toMatchObject({ __typename: 'IssueComplimentaryTicketsPayload' });
  await hold(harness.subgraph, customer(), show.showId, [show.seat('A', 5)]);
  const refused = await give(vendor, [show.seat('A', 4), show.seat('A', 5)]);
  expect(refused).toMatchObject({ __typename: 'SeatUnavailableError', seatIds: [show.seat('A', 5)] });
  expect((await seatsOf(harness.subgraph, show.showId)).statuses[show.seat('A', 4)]).toBe('AVAILABLE');
});

test('a repeated request gives once; only the partner of the venue gives, to an address that is one, with a reason', async () => {
  const idempotencyKey = key();
  const [first, second] = [
    await give(vendor, [show.seat('B', 1)], { idempotencyKey }),
    await give(vendor, [show.seat('B', 1)], { idempotencyKey }),
  ];
  expect(second.booking.id).toBe(first.booking.id);
  for (const caller of [rival, support, customer()]) {
    expect(await give(caller, [show.seat('B', 2)])).toMatchObject({ code: 'FORBIDDEN' });
  }
  const field = (change: object) => give(vendor, [show.seat('B', 2)], change);
  expect(await field({ toEmail: 'nobody' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.toEmail' });
  expect(await field({ reason: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.reason' });
});

test('tickets that nobody accepted in time, or that were taken back, are on sale again, and no others', async () => {
  const jobs = new UnacceptedTicketRepository(harness.database);
  const sold = async () => (await seatsOf(harness.subgraph, show.showId)).availability['sold'] ?? 0;
  const before = await sold();
  const [late, kept] = [
    await give(vendor, [show.seat('B', 4), show.seat('B', 5)], { acceptWithinHours: 2 }),
    await give(vendor, [show.seat('B', 6), show.seat('B', 7)]),
  ];
  await jobs.cancel();
  expect(await sold()).toBe(before + 4);
  const offers = await harness.database.ticketTransfer.findMany({ where: { bookingId: late.booking.id } });
  const hours = offers.map(({ createdAt, expiresAt }) => (expiresAt.getTime() - createdAt.getTime()) / 3_600_000);
  expect(hours.map(Math.round)).toEqual([2, 2]);
  await harness.database.ticketTransfer.updateMany({
    where: { bookingId: late.booking.id },
    data: { status: 'EXPIRED', toAddress: null },
  });
  const { id } = await harness.database.ticketTransfer.findFirstOrThrow({ where: { bookingId: kept.booking.id } });
  const TAKE_BACK = 'mutation($id: ID!) { result: cancelTicketTransfer(transferId: $id) { __typename } }';
  await ask(harness.subgraph, vendor, TAKE_BACK, { id });
  await jobs.cancel();
  expect(await sold()).toBe(before + 1);
  const statuses = await harness.database.booking.findMany({
    where: { id: { in: [late.booking.id, kept.booking.id] } },
    orderBy: { createdAt: 'asc' },
  });
  expect(statuses.map(({ status }) => status)).toEqual(['CANCELLED', 'PARTIALLY_CANCELLED']);
  const bob = customer();
  expect(await hold(harness.subgraph, bob, show.showId, [show.seat('B', 4)])).toMatchObject({ hold: {} });
  expect(await give(vendor, [show.seat('B', 8)], { acceptWithinHours: 0 })).toMatchObject({
    ...{ code: 'BAD_USER_INPUT', field: 'input.acceptWithinHours' },
  });
});

test('the events of complimentary bookings give their rows', async () => {
  for await (const { compared, differing } of auditBookings(harness.database)) {
    expect(compared).toBeGreaterThan(0);
    expect(differing).toEqual([]);
  }
});
