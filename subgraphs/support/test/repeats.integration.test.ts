import { idempotent } from '@marquee/database';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';

import { Calendars } from '../src/adapters/calendars.ts';
import { DeskRepository } from '../src/adapters/desk.ts';
import { MessageRepository } from '../src/adapters/messages.ts';
import { TicketRepository } from '../src/adapters/tickets.ts';
import { addInternalNote } from '../src/use-cases/add-internal-note.ts';
import { openTicket } from '../src/use-cases/open-ticket.ts';
import { agent, codesOf, openSupport, user } from './harness.ts';

const { ask, bookings, database, execute, open } = await openSupport();

const OPEN = `mutation ($input: OpenSupportTicketInput!) {
  openSupportTicket(input: $input) { __typename ... on OpenSupportTicketPayload { ticket { id status } } }
}`;
const NOTE = `mutation ($ticketId: ID!, $text: String!, $idempotencyKey: String) {
  addInternalNote(ticketId: $ticketId, text: $text, idempotencyKey: $idempotencyKey) {
    __typename ... on AddInternalNotePayload { message { id internal text } }
  }
}`;
const question = { subject: 'Where are my seats?', text: 'I cannot find them.', category: 'OTHER' };

const ticketsOf = (customerId: string) => database.supportTicket.count({ where: { customerId } });
const notesOf = (ticketId: string) => database.supportMessage.count({ where: { ticketId, note: { gt: 0 } } });

/** The use cases of another process each, so that only the database makes repeats take turns. */
const deps = {
  ...{ desk: new DeskRepository(database, { rateLimits: false }), calendars: new Calendars() },
  ...{ tickets: new TicketRepository(database), messages: new MessageRepository(database) },
  surroundings: {
    booking: () => Promise.resolve(null),
    homeOf: () => Promise.resolve({ country: 'GB', region: 'ENG', timeZone: 'Europe/London' }),
  },
  turns: { run: <T>(_source: string, work: () => Promise<T>) => work() },
  runIdempotently: ((request, make, replay) =>
    idempotent({ client: database, ...request }, make, replay)) as Parameters<typeof openTicket>[0]['runIdempotently'],
};

/** The ids that six requests at once with one key get. */
async function openedAtOnce(customerId: string): Promise<readonly string[]> {
  const asked = { ...question, category: 'OTHER', bookingId: null, customerId, idempotencyKey: randomUUID() } as const;
  return (await Promise.all(Array.from({ length: 6 }, () => openTicket(deps, asked)))).map(({ id }) => id);
}

async function notedAtOnce(ticketId: string): Promise<readonly string[]> {
  const { userId: authorId } = agent();
  const assertMayAdd = () => Promise.resolve();
  const note = { ticketId, authorId, text: 'She called.', idempotencyKey: randomUUID(), assertMayAdd };
  return (await Promise.all(Array.from({ length: 6 }, () => addInternalNote(deps, note)))).map(({ id }) => id);
}

test('a question that is sent again is the same ticket, also while booking is away', async () => {
  const customer = user();
  bookings.set('lon_bkg_1', { customerId: customer.userId, status: 'CONFIRMED', startsAt: '2100-01-01T20:00:00Z' });
  const input = { ...question, bookingId: 'lon_bkg_1', idempotencyKey: randomUUID() };
  const first = await ask<{ ticket: object }>(OPEN, customer, { input });
  bookings.delete('lon_bkg_1');
  expect(await ask(OPEN, customer, { input })).toEqual(first);
  expect(await ticketsOf(customer.userId)).toBe(1);
});

test('a note that is sent again is the same note', async () => {
  const [sam, { id: ticketId }] = [agent(), await open(user())];
  const note = { ticketId, text: 'She called.', idempotencyKey: randomUUID() };
  const first = await ask<{ message: object }>(NOTE, sam, note);
  expect(first.message).toMatchObject({ internal: true, text: 'She called.' });
  expect(await ask(NOTE, sam, note)).toEqual(first);
  expect(await notesOf(ticketId)).toBe(1);
});

test('without a key each request is another one', async () => {
  const [sam, customer] = [agent(), user()];
  const { id: ticketId } = await open(customer);
  await open(customer);
  for (const idempotencyKey of [undefined, null]) await ask(NOTE, sam, { ticketId, text: 'Called.', idempotencyKey });
  expect([await ticketsOf(customer.userId), await notesOf(ticketId)]).toEqual([2, 2]);
});

test('a key of another question or note is refused', async () => {
  const [sam, customer, idempotencyKey] = [agent(), user(), randomUUID()];
  await ask(OPEN, customer, { input: { ...question, idempotencyKey } });
  const { id: ticketId } = await open(customer);
  await ask(NOTE, sam, { ticketId, text: 'She called.', idempotencyKey });
  for (const change of [{ text: 'Other' }, { subject: 'Other' }, { category: 'ACCOUNT' }, { bookingId: 'lon_bkg_2' }]) {
    const input = { ...question, idempotencyKey, ...change };
    expect(codesOf(await execute(OPEN, customer, { input }))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  }
  const other = { ticketId, text: 'He called.', idempotencyKey };
  expect(codesOf(await execute(NOTE, sam, other))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  expect([await ticketsOf(customer.userId), await notesOf(ticketId)]).toEqual([2, 1]);
});

test('a repeat is answered although the customer has as many tickets as one may have', async () => {
  const customer = user();
  const input = { ...question, idempotencyKey: randomUUID() };
  const first = await ask(OPEN, customer, { input });
  for (let more = 1; more < 10; more += 1) await open(customer);
  expect(await ask(OPEN, customer, { input })).toEqual(first);
});

test('who has the key of somebody else’s note learns nothing by it', async () => {
  const { id: ticketId } = await open(user());
  const note = { ticketId, text: 'She called.', idempotencyKey: randomUUID() };
  await ask(NOTE, agent(), note);
  expect(codesOf(await execute(NOTE, user(), note))).toEqual(['FORBIDDEN']);
});

test('of requests at once with one key, one opens a ticket or adds a note, and all get it', async () => {
  const customer = user();
  const opened = await openedAtOnce(customer.userId);
  expect([new Set(opened).size, await ticketsOf(customer.userId)]).toEqual([1, 1]);
  const [ticketId = ''] = opened;
  const noted = await notedAtOnce(ticketId);
  expect([new Set(noted).size, await notesOf(ticketId)]).toEqual([1, 1]);
});

test('control: without the key’s place in the database each does', async () => {
  await database.$executeRaw`ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_pkey`;
  const customer = user();
  const [ticketId = ''] = await openedAtOnce(customer.userId);
  expect(await ticketsOf(customer.userId)).toBe(6);
  await notedAtOnce(ticketId);
  expect(await notesOf(ticketId)).toBe(6);
});
