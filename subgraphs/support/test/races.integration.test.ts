import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { happens } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { TicketRepository } from '../src/adapters/tickets.ts';
import type { SupportTicket } from '../src/domain/ticket.ts';
import { assignWaiting, checkTickets } from '../src/use-cases/check-tickets.ts';
import { Calendars } from '../src/adapters/calendars.ts';
import { DeskRepository } from '../src/adapters/desk.ts';
import { openTicket, type OpenTicketDeps } from '../src/use-cases/open-ticket.ts';
import { sendMessage, type SendMessageDeps } from '../src/use-cases/send-message.ts';
import { agent, openSupport, user } from './harness.ts';
import { withoutLocks } from './without-locks.ts';

const { ask, database, execute, open, send, setDuty, update } = await openSupport({ rateLimits: false });
const desk = new DeskRepository(database, { rateLimits: true });
const tickets = new TicketRepository(database);
const jobs = { desk, calendars: new Calendars() };
const sam = agent();
/** The use cases without the locks, and without the queue in a process that lets customers take turns. */
const unlocked: OpenTicketDeps & SendMessageDeps = {
  ...{ desk: new DeskRepository(withoutLocks(database), { rateLimits: false }), calendars: jobs.calendars },
  surroundings: {
    booking: () => Promise.resolve(null),
    homeOf: () => Promise.resolve({ country: 'GB', region: 'ENG', timeZone: 'Europe/London' }),
  },
  turns: { run: (_source, work) => work() },
  runIdempotently: ({ caller, operation }, make) => make({ caller, operation, key: randomUUID(), requestHash: '' }),
  tickets: { find: () => Promise.resolve(null) },
  messages: { find: () => Promise.resolve(null) },
};

/** The open tickets of each agent, the fewest first. */
async function loads(agents: readonly { readonly userId: string }[]): Promise<number[]> {
  const ids = agents.map(({ userId }) => userId);
  const rows = await database.supportTicket.groupBy({
    ...{ by: ['assigneeId'], where: { assigneeId: { in: ids } }, _count: true },
  });
  return rows.map(({ _count }) => _count).toSorted((a, b) => a - b);
}

async function onDuty<T>(agents: readonly ReturnType<typeof agent>[], work: () => Promise<T>): Promise<T> {
  for (const each of agents) await setDuty(each, true);
  const result = await work();
  for (const each of agents) await setDuty(each, false);
  return result;
}

test('20 tickets at once are even over 3 agents', async () => {
  const agents = [agent(), agent(), agent()];
  await onDuty(agents, () => Promise.all(Array.from({ length: 20 }, () => open(user()))));
  expect(await loads(agents)).toEqual([6, 7, 7]);
});

test('control: without the queue’s lock they are not', async () => {
  await database.$executeRaw`DELETE FROM support_queue`;
  const areUneven = async (): Promise<boolean> => {
    const agents = [agent(), agent(), agent()];
    await onDuty(agents, () => Promise.all(Array.from({ length: 20 }, () => open(user()))));
    return !isDeepStrictEqual(await loads(agents), [6, 7, 7]);
  };
  expect(await happens(areUneven)).toBe(true);
  await database.$executeRaw`INSERT INTO support_queue VALUES (1, 1000)`;
});

test('a customer who opens many tickets at once gets ten', async () => {
  const customer = user();
  const query = `mutation ($input: OpenSupportTicketInput!) {
    openSupportTicket(input: $input) { __typename ... on TooManyOpenTicketsError { limit message } }
  }`;
  const input = { subject: 'Hello', text: 'Hello?', category: 'OTHER' };
  const answers = await Promise.all(
    Array.from({ length: 14 }, () => ask<{ __typename: string }>(query, customer, { input })),
  );
  const opened = answers.filter(({ __typename }) => __typename === 'OpenSupportTicketPayload');
  expect(opened).toHaveLength(10);
  expect(await database.supportTicket.count({ where: { customerId: customer.userId } })).toBe(10);
});

test('control: without turns of a customer’s writing it is more than ten', async () => {
  const areMore = async (): Promise<boolean> => {
    const { userId: customerId } = user();
    const opening = {
      customerId,
      subject: 'Hello',
      text: 'Hello?',
      bookingId: null,
      category: 'OTHER',
      idempotencyKey: null,
    } as const;
    await Promise.allSettled(Array.from({ length: 14 }, () => openTicket(unlocked, opening)));
    return (await database.supportTicket.count({ where: { customerId } })) > 10;
  };
  expect(await happens(areMore)).toBe(true);
});

/** The numbers of a ticket’s messages. */
async function numbersOf(ticketId: string): Promise<number[]> {
  const messages = await database.supportMessage.findMany({ where: { ticketId }, orderBy: { sequence: 'asc' } });
  return messages.map(({ sequence }) => sequence);
}

test('messages of several people at once have the numbers 1, 2, 3 and so on', async () => {
  const { id } = await open(user());
  const sent = await Promise.all(Array.from({ length: 8 }, (_, index) => send(agent(), id, `${index}`)));
  expect(new Set(sent.map(({ message }) => message.sequence)).size).toBe(8);
  expect(await numbersOf(id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('control: without the ticket’s lock some messages are refused', async () => {
  const areRefused = async (): Promise<boolean> => {
    const { id: ticketId } = await open(user());
    const readTicket = async () => ({ ticket: (await tickets.find(ticketId)) as SupportTicket, fromAgent: true });
    const message = { ticketId, text: 'Hello', idempotencyKey: '', readTicket };
    const sent = await Promise.allSettled(
      Array.from({ length: 8 }, () => sendMessage(unlocked, { ...message, authorId: agent().userId })),
    );
    return sent.some(({ status }) => status === 'rejected');
  };
  expect(await happens(areRefused)).toBe(true);
});

test('tickets that nobody was there for are given out once somebody is', async () => {
  const { id } = await open(user());
  const ana = agent();
  await onDuty([ana], async () => {
    await Promise.all([assignWaiting(jobs), assignWaiting(jobs)]);
    expect(await database.supportTicket.findUnique({ where: { id } })).toMatchObject({ assigneeId: ana.userId });
  });
});

test('a ticket that an agent left unassigned stays so until an agent answers, whoever is on duty', async () => {
  const customer = user();
  const ana = agent();
  await onDuty([ana], async () => {
    const { id } = await open(customer);
    await update(sam, id, { assigneeId: null });
    await assignWaiting(jobs);
    expect((await send(customer, id, 'Anybody there?')).ticket.assignee).toBeNull();
    expect((await send(sam, id, 'I am.')).ticket.assignee).toEqual({ id: sam.userId });
    await update(sam, id, { assigneeId: ana.userId });
    expect((await send(customer, id, 'And now?')).ticket.assignee).toEqual({ id: ana.userId });
  });
});

test('a customer’s answer finds somebody on duty, and leaves the ticket with its agent who is', async () => {
  const [ana, ben] = [agent(), agent()];
  const customer = user();
  const { id } = await onDuty([ana], () => open(customer));
  await update(sam, id, { status: 'PENDING' });
  await onDuty([ben], async () => {
    expect((await send(customer, id, 'Hello?')).ticket.assignee).toEqual({ id: ben.userId });
    await update(sam, id, { status: 'PENDING' });
    await onDuty([ana], async () => {
      expect((await send(customer, id, 'Hello?')).ticket.assignee).toEqual({ id: ben.userId });
    });
  });
});

test('an agent gets no ticket of their own', async () => {
  const ana = agent();
  expect((await onDuty([ana], () => open(ana))).assignee).toBeNull();
});

/** A ticket whose first response was due a second ago. */
async function overdue(customer = user()): Promise<string> {
  const { id } = await open(customer);
  const dueAt = new Date(Date.now() - 1_000).toISOString();
  await database.$executeRaw`UPDATE support_tickets SET check_at = now(), queue_at = now(),
    first_response = first_response || jsonb_build_object('dueAt', ${dueAt}::text, 'warnAt', ${dueAt}::text)
    WHERE id = ${id}`;
  return id;
}

const warnings = (key: string) =>
  database.outboxEvent.findMany({ where: { key, type: 'support.sla-warned' }, select: { payload: true } });

test('of a ticket that nobody has those on duty are warned, or all when nobody is, each once', async () => {
  const [ana, ben] = [agent(), agent()];
  const unassigned = async (): Promise<string> => {
    const id = await overdue();
    await database.$executeRaw`UPDATE support_tickets SET assignee_id = NULL WHERE id = ${id}`;
    return id;
  };
  const warnedOf = async (id: string): Promise<readonly string[]> => {
    await Promise.all([checkTickets(jobs), checkTickets(jobs)]);
    const told = await warnings(id);
    expect(told).toMatchObject([{ payload: { assigneeId: null, breached: true } }]);
    return told.flatMap(({ payload }) => (payload as { teamIds: string[] }).teamIds);
  };
  await onDuty([ana, ben], () => Promise.resolve());
  expect(await warnedOf(await unassigned())).toEqual(expect.arrayContaining([ana.userId, ben.userId]));
  await onDuty([ben], async () => expect(await warnedOf(await unassigned())).toEqual([ben.userId]));
  expect(await tickets.countOverdue({ unassigned: true })).toBe(2);
});

test('control: without the ticket’s lock several processes tell the same breach', async () => {
  const areToldAgain = async (): Promise<boolean> => {
    const id = await overdue();
    await Promise.all(Array.from({ length: 4 }, () => checkTickets(unlocked)));
    return (await warnings(id)).length > 1;
  };
  expect(await happens(areToldAgain)).toBe(true);
});

test('each warning, breach and wake-up happens once, by however many processes', async () => {
  const customer = user();
  const [late, snoozed] = [await overdue(customer), await open(customer)];
  await update(sam, snoozed.id, { status: 'SNOOZED', snoozeUntil: new Date(Date.now() + 60_000).toISOString() });
  // As if the hours had passed.
  await database.$executeRaw`UPDATE support_tickets SET snoozed_until = now(), check_at = now() WHERE id = ${snoozed.id}`;
  await Promise.all([checkTickets(jobs), checkTickets(jobs), checkTickets(jobs)]);
  expect(await warnings(late)).toMatchObject([{ payload: { target: 'FIRST_RESPONSE', breached: true } }]);
  const status = 'query ($id: ID!) { supportTicket(id: $id) { status slaStatus } }';
  expect(await ask(status, sam, { id: late })).toEqual({ status: 'OPEN', slaStatus: 'BREACHED' });
  expect(await ask(status, sam, { id: snoozed.id })).toEqual({ status: 'OPEN', slaStatus: 'ON_TRACK' });
  const changed = { key: snoozed.id, type: 'support.ticket-changed' };
  expect(await database.outboxEvent.count({ where: changed })).toBe(3);
  expect((await execute('{ __typename }', sam)).errors).toBeUndefined();
});
