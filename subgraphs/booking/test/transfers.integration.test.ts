import { rotateKeys, type UserCaller } from '@marquee/subgraph';
import { beforeAll, describe, expect, test } from 'vitest';

import { SealedAddresses } from '../src/adapters/sealed-addresses.ts';
import { subgraph } from '../src/subgraph.ts';
import { type BoughtTicket, buy, partner, SCAN, support } from './gate.ts';
import { type BookingHarness, customer, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { ask, key } from './operations.ts';

const ENDED = '... on UserError { message }';
const TRANSFER = `mutation($input: TransferTicketInput!) { result: transferTicket(input: $input) { __typename
  ... on TransferTicketPayload { transfer { id status toEmail expiresAt ticket { id } } } ${ENDED} } }`;
const CANCEL = `mutation($id: ID!) { result: cancelTicketTransfer(transferId: $id) { __typename
  ... on CancelTicketTransferPayload { transfer { id status toEmail } } ${ENDED} } }`;
const ACCEPT = `mutation($token: String!) { result: acceptTicketTransfer(token: $token) { __typename
  ... on AcceptTicketTransferPayload { ticket { id status qrCode booking { id show { id } } } } ${ENDED} } }`;
const MAIL = `query($id: ID!) { result: ticketOfferMail(offerId: $id) { to token titleName startsAt tickets timeZone } }`;
const CANCEL_BOOKING = `mutation($input: CancelBookingInput!) { result: cancelBooking(input: $input) { __typename ${ENDED} } }`;
const SEEN = `query($id: ID!) { result: booking(id: $id) { tickets { id qrCode transfer { id status toEmail } } } }`;

interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly transfer: { readonly id: string; readonly status: string; readonly expiresAt: string };
  readonly ticket: { readonly id: string; readonly qrCode: string };
}

const accounts = { kind: 'service', name: 'accounts' } as const;
const SECRET = 'of the tickets of this test only';
let harness: BookingHarness;
let show: TestShow;

beforeAll(async () => {
  harness = await openBooking({ settings: { ticketSecret: SECRET } });
  show = await scheduledShow(harness, { perRow: 10 });
});

let seats = 0;
async function bought(who = customer()) {
  seats += 1;
  const seat = show.seat(seats > 10 ? 'B' : 'A', seats > 10 ? seats - 10 : seats);
  const { bookingId, tickets } = await buy(harness, who, show, seat);
  return { who, bookingId, ticket: tickets[0] };
}

const transfer = (who: UserCaller, ticketId: string, more: object = {}) =>
  ask<Answer>(harness.subgraph, who, TRANSFER, {
    input: { ticketId, toEmail: ' Bob@Example.com', idempotencyKey: key(), ...more },
  });
const cancel = (who: UserCaller, id: string) => ask<Answer>(harness.subgraph, who, CANCEL, { id });
const accept = (who: UserCaller, token: string) => ask<Answer>(harness.subgraph, who, ACCEPT, { token });
const scan = (qrCode: string) => ask<Answer>(harness.subgraph, partner, SCAN, { qrCode, showId: show.showId });

/** The token in the mail of a ticket's offer. */
async function tokenOf(ticketId: string): Promise<string> {
  const { offerId } = await harness.database.ticketTransfer.findFirstOrThrow({
    where: { ticketId, status: 'PENDING' },
  });
  return (await ask<{ token: string }>(harness.subgraph, accounts, MAIL, { id: offerId })).token;
}

async function offered() {
  const sale = await bought();
  const made = await transfer(sale.who, sale.ticket.id);
  return { ...sale, transferId: made.transfer.id, token: await tokenOf(sale.ticket.id) };
}

test('a blocked person is passed no tickets, and the offer waits for them', async () => {
  const { token } = await offered();
  const bob = customer();
  const tell = (level: 'BLOCK' | 'NONE', version: number) =>
    harness.deliver('activity.risk-changed', { userId: bob.userId, version, level, reasons: [], until: null });
  await tell('BLOCK', 1);
  expect(await accept(bob, token)).toMatchObject({ __typename: 'AccountRestrictedError' });
  await tell('NONE', 2);
  expect(await accept(bob, token)).toMatchObject({ __typename: 'AcceptTicketTransferPayload' });
});

test('an accepted ticket admits the recipient alone, counts for them, and the former holder sees nothing of use', async () => {
  const { who, bookingId, ticket, transferId, token } = await offered();
  const bob = customer();
  expect(await scanCode(ticket)).toBe('ISSUED');
  const accepted = await accept(bob, token);
  expect(accepted).toMatchObject({
    __typename: 'AcceptTicketTransferPayload',
    ticket: {
      id: ticket.id,
      qrCode: expect.stringContaining('MQ2.'),
      booking: { id: bookingId, show: { id: show.showId } },
    },
  });
  expect(await scan(ticket.qrCode)).toMatchObject({ __typename: 'TicketCancelledError' });
  expect(await ask(harness.subgraph, who, SEEN, { id: bookingId })).toEqual({
    tickets: [{ id: ticket.id, qrCode: null, transfer: { id: transferId, status: 'ACCEPTED', toEmail: null } }],
  });
  const claim = await harness.database.seatClaim.findFirstOrThrow({ where: { bookingId } });
  expect(claim.customerId).toBe(bob.userId);
  expect(await scan(accepted.ticket.qrCode)).toMatchObject({ __typename: 'ScanTicketPayload' });
  expect(await accept(customer(), token)).toMatchObject({ __typename: 'TransferEndedError' });
  const to = { senderId: who.userId, recipientId: bob.userId };
  expect(await told('booking.transfer-changed', who.userId)).toMatchObject([
    { ...to, change: 'OFFERED', recipientId: null, isComplimentary: false, titleName: 'Metropolis' },
    { ...to, change: 'ACCEPTED', seats: [expect.stringMatching(/^[AB]\d+$/)] },
  ]);
  const booking = await harness.database.booking.findFirstOrThrow({ where: { id: bookingId } });
  const { organisationId } = await harness.database.show.findFirstOrThrow({ where: { id: booking.showId } });
  const amount = { amount: Number(booking.total), currency: 'GBP' };
  expect(await told('booking.ticket-checked-in', bob.userId)).toMatchObject([
    { ticketId: ticket.id, bookingId, customerId: who.userId, total: amount, paid: amount },
  ]);
  expect(await told('booking.ticket-checked-in', bob.userId)).toMatchObject([
    {
      ...{ paymentIds: [booking.paymentId], organisationId, isComplimentary: false },
      payments: [{ paymentId: booking.paymentId, amount: Number(booking.total) }],
    },
  ]);
});

/** The events of a type that a person is told of, the oldest first. */
async function told(type: string, userId: string): Promise<unknown[]> {
  const events = await harness.database.outboxEvent.findMany({ where: { type }, orderBy: { seq: 'asc' } });
  return events.flatMap(({ payload }) => (JSON.stringify(payload).includes(userId) ? [payload] : []));
}

async function scanCode({ id }: BoughtTicket): Promise<string> {
  return (await harness.database.ticket.findFirstOrThrow({ where: { id } })).status;
}

test('accounts alone reads what the mail says, while the offer is pending; the address is sealed, then forgotten', async () => {
  const { who, ticket, transferId } = await offered();
  const row = await harness.database.ticketTransfer.findFirstOrThrow({ where: { id: transferId } });
  expect(Buffer.from(row.toAddress ?? []).toString('latin1')).not.toContain('example');
  const read = (caller: UserCaller | { kind: 'service'; name: string }) =>
    ask(harness.subgraph, caller as UserCaller, MAIL, { id: row.offerId });
  expect(await read(accounts)).toMatchObject({
    to: 'bob@example.com',
    titleName: 'Metropolis',
    tickets: 1,
    timeZone: 'Europe/London',
  });
  for (const caller of [who, support, { kind: 'service', name: 'payments' } as const]) {
    expect(await read(caller)).toMatchObject({ code: 'FORBIDDEN' });
  }
  const events = await harness.database.outboxEvent.findMany({
    where: { type: 'booking.tickets-offered', key: row.offerId },
  });
  expect(events.map(({ payload }) => payload)).toEqual([{ offerId: row.offerId }]);
  expect(await cancel(who, transferId)).toMatchObject({ transfer: { status: 'CANCELLED', toEmail: null } });
  expect(await read(accounts)).toBeNull();
  const changes = await told('booking.transfer-changed', who.userId);
  expect(changes).toMatchObject([{ change: 'OFFERED' }, { change: 'TAKEN_BACK', recipientId: null }]);
  expect(await transfer(who, ticket.id)).toMatchObject({ transfer: { status: 'PENDING', toEmail: 'bob@example.com' } });
  await harness.deliver('account.erased', { userId: who.userId });
  expect(await harness.database.ticketTransfer.findMany({ where: { ticketId: ticket.id } })).toMatchObject([
    { status: 'CANCELLED', toAddress: null },
    { status: 'CANCELLED', toAddress: null },
  ]);
  expect((await told('booking.transfer-changed', who.userId)).at(-1)).toMatchObject({ change: 'TAKEN_BACK' });
});

describe('who may do what', () => {
  test('only its holder offers a ticket, and only who offered it takes it back or sees the address', async () => {
    const { who, bookingId, ticket, transferId } = await offered();
    const stranger = customer();
    expect(await transfer(stranger, ticket.id)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await transfer(partner, ticket.id)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await transfer(who, 'lon_tkt_none')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await cancel(stranger, transferId)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await ask(harness.subgraph, support, SEEN, { id: bookingId })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await accept(stranger, `offer_${'x'.repeat(80)}`)).toMatchObject({ __typename: 'TransferEndedError' });
    expect(await transfer(who, ticket.id, { toEmail: 'nonsense' })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('a ticket is not passed on where the show forbids it, when it is used, twice at once, or all day long', async () => {
    const refused = (message: string) => ({
      __typename: 'TicketNotTransferableError',
      message: expect.stringContaining(message),
    });
    const fixed = await scheduledShow(harness);
    await harness.database.$executeRaw`UPDATE shows SET transferable = false WHERE id = ${fixed.showId}`;
    const alice = customer();
    const { tickets } = await buy(harness, alice, fixed, fixed.seat('A', 1));
    expect(await transfer(alice, tickets[0].id)).toMatchObject(refused('Tickets of this show cannot be passed on'));
    const { who, ticket, transferId } = await offered();
    expect(await transfer(who, ticket.id)).toMatchObject(refused('Take that offer back first'));
    await cancel(who, transferId);
    for (let count = 1; count < 5; count += 1) await cancel(who, (await transfer(who, ticket.id)).transfer.id);
    expect(await transfer(who, ticket.id)).toMatchObject(refused('Offer it again tomorrow'));
    const used = await bought();
    await scan(used.ticket.qrCode);
    expect(await transfer(used.who, used.ticket.id)).toMatchObject(refused('This ticket was used'));
  });

  test('a recipient who has as many seats as a customer may is refused, and the offer waits', async () => {
    const { token, ticket } = await offered();
    const bob = customer();
    await harness.database.$executeRaw`UPDATE shows SET max_seats_per_customer = 1 WHERE id = ${show.showId}`;
    await harness.database.$executeRaw`
      UPDATE seat_claims SET customer_id = ${bob.userId} WHERE seat_id = ${show.layoutSeat('A', 1)}`;
    expect(await accept(bob, token)).toMatchObject({ __typename: 'SeatLimitExceededError' });
    expect(await accept(customer(), token)).toMatchObject({ ticket: { id: ticket.id } });
    await harness.database.$executeRaw`UPDATE shows SET max_seats_per_customer = NULL WHERE id = ${show.showId}`;
  });
});

test('an offer ends after two days, or when the show begins, and may be made again', async () => {
  const { who, ticket, transferId, token } = await offered();
  const { expiresAt, createdAt } = await harness.database.ticketTransfer.findFirstOrThrow({
    where: { id: transferId },
  });
  expect(expiresAt.getTime() - createdAt.getTime()).toBe(48 * 3_600_000);
  await harness.database.$executeRaw`UPDATE ticket_transfers SET expires_at = now() WHERE id = ${transferId}`;
  expect(await accept(customer(), token)).toMatchObject({ __typename: 'TransferEndedError' });
  expect(await cancel(who, transferId)).toMatchObject({ __typename: 'TransferEndedError' });
  expect(await transfer(who, ticket.id)).toMatchObject({ transfer: { status: 'PENDING' } });
  expect(await harness.database.ticketTransfer.findFirstOrThrow({ where: { id: transferId } })).toMatchObject({
    ...{ status: 'EXPIRED', toAddress: null },
  });
});

test('a repeated request makes one offer', async () => {
  const { who, ticket } = await bought();
  const idempotencyKey = key();
  const made = await Promise.all(Array.from({ length: 4 }, () => transfer(who, ticket.id, { idempotencyKey })));
  expect(new Set(made.map((answer) => answer.transfer?.id ?? answer.code)).size).toBeLessThanOrEqual(2);
  expect(await harness.database.ticketTransfer.count({ where: { ticketId: ticket.id } })).toBe(1);
  expect(await transfer(who, ticket.id, { idempotencyKey })).toMatchObject({ transfer: { status: 'PENDING' } });
});

test('when the secret is replaced, the addresses of open offers are sealed anew', async () => {
  const [one, other] = [await offered(), await offered()];
  const ids = { id: { in: [one.transferId, other.transferId] } };
  const { sealed } = subgraph;
  if (!sealed) throw new Error('booking seals nothing');
  const NEXT = 'of the tickets of the year to come';
  const settings = { ticketSecret: NEXT, formerTicketSecrets: [SECRET] };
  const lines = await rotateKeys('booking', sealed, { client: harness.database, settings });
  expect(lines.join()).toMatch(/ticket_transfers.to_address: [1-9]\d* sealed anew/);
  const moved = await harness.database.ticketTransfer.findMany({ where: ids });
  const addresses = new SealedAddresses([NEXT]);
  expect(moved.map(({ offerId, toAddress }) => toAddress && addresses.open(offerId, toAddress))).toEqual([
    'bob@example.com',
    'bob@example.com',
  ]);
  await rotateKeys('booking', sealed, {
    client: harness.database,
    settings: { ticketSecret: SECRET, formerTicketSecrets: [NEXT] },
  });
});

describe('races', () => {
  test('of people who accept an offer at once one gets the ticket', async () => {
    const { token, ticket } = await offered();
    const people = Array.from({ length: 6 }, () => customer());
    const answers = await Promise.all(people.map((who) => accept(who, token)));
    const winners = people.filter((_, index) => answers[index]?.__typename === 'AcceptTicketTransferPayload');
    const { holderId, codeVersion } = await harness.database.ticket.findFirstOrThrow({ where: { id: ticket.id } });
    expect(winners.map(({ userId }) => userId)).toEqual([holderId]);
    expect(codeVersion).toBe(2);
  });

  test('an offer is accepted or taken back or its booking cancelled or its ticket used, never two of these', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { who, bookingId, ticket, transferId, token } = await offered();
      const input = { bookingId, refundTo: 'WALLET', idempotencyKey: key() };
      const [accepted, cancelled, refunded, scanned] = await Promise.all([
        accept(customer(), token),
        round < 2 ? cancel(who, transferId) : undefined,
        round >= 1 && round < 3 ? ask<Answer>(harness.subgraph, who, CANCEL_BOOKING, { input }) : undefined,
        round === 3 ? scan(ticket.qrCode) : undefined,
      ]);
      const outcomes = [
        accepted.__typename === 'AcceptTicketTransferPayload',
        cancelled?.__typename === 'CancelTicketTransferPayload',
        refunded?.__typename === 'CancelBookingPayload',
        scanned?.__typename === 'ScanTicketPayload',
      ];
      const { status, codeVersion } = await harness.database.ticket.findFirstOrThrow({ where: { id: ticket.id } });
      expect(codeVersion === 2).toBe(outcomes[0]);
      expect(outcomes[0] && (outcomes[1] || outcomes[2] || outcomes[3])).toBe(false);
      expect(outcomes).toContain(true);
      expect(status === 'CANCELLED').toBe(outcomes[2]);
    }
  });

  test('control: looking at an offer before it is accepted gives the ticket to several people', async () => {
    const { transferId } = await offered();
    const where = { cityCode_id: { cityCode: 'lon', id: transferId } };
    const lookThenAccept = async (): Promise<boolean> => {
      if ((await harness.database.ticketTransfer.findUniqueOrThrow({ where })).status !== 'PENDING') return false;
      await harness.database.ticketTransfer.update({ where, data: { status: 'ACCEPTED', toAddress: null } });
      return true;
    };
    const uses = await Promise.all(Array.from({ length: 4 }, lookThenAccept));
    expect(uses.filter(Boolean).length).toBeGreaterThan(1);
  });
});
