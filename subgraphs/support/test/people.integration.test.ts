import type { SqlTransaction } from '@marquee/database';
import { newId } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { Calendars } from '../src/adapters/calendars.ts';
import { DeskRepository } from '../src/adapters/desk.ts';
import { PeopleRepository } from '../src/adapters/people.ts';
import type { SupportTicket } from '../src/domain/ticket.ts';
import { seed } from '../src/seed.ts';
import { assignWaiting } from '../src/use-cases/check-tickets.ts';
import { agent, codesOf, openSupport, user } from './harness.ts';

const { ask, database, databaseUrl, deliver, execute, note, open, send, setDuty, update } = await openSupport();
const sam = agent();

const DATA = 'query ($userId: ID!) { personalData(userId: $userId) }';
const RATE = 'mutation ($id: ID!) { rateSupport(ticketId: $id, score: 2, comment: "Slow, said Casey") { __typename } }';
const REOPEN = `mutation ($id: ID!, $status: SupportTicketStatus!) {
  updateSupportTicket(input: { ticketId: $id, status: $status }) { __typename } }`;
const accounts = { kind: 'service', name: 'accounts' } as const;

/** Everything in the tables that people write in. */
async function everything(): Promise<string> {
  const rows = await Promise.all([database.supportTicket.findMany(), database.supportMessage.findMany()]);
  return JSON.stringify(rows);
}

test('a person gets their tickets and chats, without notes, and all of it goes with their account', async () => {
  const customer = user();
  const { id } = await open(customer, { subject: 'Casey needs help', text: 'I am Casey' });
  await send(sam, id, 'Hello Casey');
  await note(sam, id, 'Casey called twice');
  await update(sam, id, { status: 'RESOLVED' });
  await ask(RATE, customer, { id });
  const { data } = await execute(DATA, accounts, { userId: customer.userId });
  const exported = (data as { personalData: string }).personalData;
  expect(JSON.parse(exported)).toMatchObject({
    tickets: [{ subject: 'Casey needs help', rating: 2, messages: [{ text: 'I am Casey' }, { text: 'Hello Casey' }] }],
  });
  expect(exported).not.toContain('called twice');
  const ofAgent = await execute(DATA, accounts, { userId: sam.userId });
  const worked = (ofAgent.data as { personalData: string }).personalData;
  expect(JSON.parse(worked)).toMatchObject({ writtenAsAgent: [{ isNote: false }, { isNote: true }] });
  expect(worked).not.toContain('Casey');
  expect(await everything()).toContain('Casey');
  await deliver('account.erased', { userId: customer.userId });
  await deliver('account.erased', { userId: customer.userId });
  expect(await everything()).not.toContain('Casey');
  expect(await database.supportTicket.findUnique({ where: { id } })).toMatchObject({ satisfactionScore: 2 });
});

test('a subject that looks like an erased one keeps nothing, and neither does what came before the second pass', async () => {
  const customer = user();
  const { id } = await open(customer, { subject: 'Deleted', text: 'I am Robin' });
  await deliver('account.erased', { userId: customer.userId });
  expect(await everything()).not.toContain('Robin');
  const { id: late } = await open(customer, { text: 'Robin again, with a token that has not expired' });
  const stray = { authorId: sam.userId, fromAgent: true, text: 'Hello Robin', sentAt: new Date() };
  await database.supportMessage.create({
    data: { id: 'msg_stray', ticketId: id, sequence: 1, note: 0, version: 9, publicVersion: 9, ...stray },
  });
  await deliver('account.erased', { userId: customer.userId });
  expect(await everything()).not.toContain('Robin');
  expect(await database.supportMessage.count({ where: { ticketId: { in: [id, late] } } })).toBe(0);
});

const changes = async (ticketId: string) => {
  const events = await database.outboxEvent.findMany({
    where: { type: 'support.ticket-changed', key: ticketId },
    orderBy: { seq: 'asc' },
  });
  return events.map(({ payload }) => payload);
};

test('who watches an erased ticket is told, its clocks end, and no deadline of it is missed', async () => {
  const customer = user();
  const { id } = await open(customer);
  const before = await database.supportTicket.findUniqueOrThrow({ where: { id } });
  await deliver('account.erased', { userId: customer.userId });
  const after = await database.supportTicket.findUniqueOrThrow({ where: { id } });
  expect(after).toMatchObject({
    ...{ status: 'RESOLVED', checkAt: null, version: before.version + 1, publicVersion: before.publicVersion + 1 },
    firstResponse: { dueAt: null, metAt: expect.any(String), breachedAt: null },
    resolution: { dueAt: null, metAt: expect.any(String), breachedAt: null },
  });
  expect(after.queueVersion).toBeGreaterThan(before.queueVersion);
  const { version, publicVersion, queueVersion } = after;
  const told = { version, publicVersion, queueVersion, previousStatus: 'OPEN', status: 'RESOLVED' };
  expect((await changes(id)).at(-1)).toMatchObject(told);
  const count = (await changes(id)).length;
  await deliver('account.erased', { userId: customer.userId });
  expect(await changes(id)).toHaveLength(count);
});

test('nobody writes in the ticket of an erased account', async () => {
  const customer = user();
  const { id } = await open(customer);
  await update(sam, id, { status: 'RESOLVED' });
  await deliver('account.erased', { userId: customer.userId });
  const attempts = [
    () => send(sam, id, 'Dear Robin'),
    () => send(customer, id, 'Robin again'),
    () => note(sam, id, 'Robin called'),
    () => update(sam, id, { status: 'OPEN' }),
    () => ask(RATE, customer, { id }),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toThrow('undefined');
  expect(await database.supportMessage.count({ where: { ticketId: id } })).toBe(0);
  expect(await database.supportTicket.findUnique({ where: { id } })).toMatchObject({ satisfactionComment: null });
});

/** An agent holds a ticket's lock while the account is erased, then answers. @returns how many messages are left */
async function answeredMeanwhile(erase: (tx: SqlTransaction, userId: string) => Promise<unknown>): Promise<number> {
  const customer = user();
  const { id } = await open(customer);
  const desk = new DeskRepository(database, { rateLimits: false });
  const erased = await desk.transact(async (tx) => {
    const ticket = (await tx.lock(id)) as SupportTicket;
    const erasing = database.$sqlTransaction((other) => erase(other, customer.userId));
    await eventually(async () => {
      const waiting = await database.$queryRaw<unknown[]>`
        SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      expect(waiting).toHaveLength(1);
    });
    await tx.save(ticket, ticket, {
      text: { id: newId('msg'), authorId: sam.userId, fromAgent: true, text: 'Dear Robin' },
    });
    return { erasing };
  });
  await erased.erasing;
  return database.supportMessage.count({ where: { ticketId: id } });
}

test('an answer that is being written goes as well', async () => {
  expect(await answeredMeanwhile((tx, userId) => new PeopleRepository(tx).erase(userId, new Calendars()))).toBe(0);
});

test('control: one statement for tickets and messages would leave it', async () => {
  const inOne = async (tx: SqlTransaction, userId: string) =>
    await tx.$executeRaw`
      WITH theirs AS (UPDATE support_tickets SET erased_at = now() WHERE customer_id = ${userId} RETURNING id)
      DELETE FROM support_messages WHERE ticket_id IN (SELECT id FROM theirs)`;
  expect(await answeredMeanwhile(inOne)).toBe(1);
});

test('tickets of an agent who is suspended, erased or no agent any more are given to others', async () => {
  const [ana, ben, cem] = [agent(), agent(), agent()];
  for (const [leaving, leave] of [
    [ana, () => deliver('account.status-changed', { userId: ana.userId, status: 'SUSPENDED' })],
    [ben, () => deliver('account.erased', { userId: ben.userId })],
    [cem, () => deliver('account.roles-changed', { userId: cem.userId, scopes: ['reports:read'] })],
  ] as const) {
    await setDuty(leaving, true);
    const { id, assignee } = await open(user());
    expect(assignee).toEqual({ id: leaving.userId });
    const { version } = await database.supportTicket.findUniqueOrThrow({ where: { id } });
    await leave();
    const left = await database.supportTicket.findUnique({ where: { id } });
    expect(left).toMatchObject({ assigneeId: null, version: version + 1 });
    const told = { version: version + 1, assigneeId: null, previousAssigneeId: leaving.userId };
    expect((await changes(id)).at(-1)).toMatchObject(told);
    expect((await open(user())).assignee).toBeNull();
  }
  const dan = agent();
  await setDuty(dan, true);
  await assignWaiting({ desk: new DeskRepository(database, { rateLimits: false }) });
  expect(await database.supportTicket.count({ where: { assigneeId: null, status: 'OPEN' } })).toBe(0);
  await deliver('account.roles-changed', { userId: dan.userId, scopes: ['reports:read', 'support:write'] });
  expect((await open(user())).assignee).toEqual({ id: dan.userId });
  await setDuty(dan, false);
});

test('a case is told when it opens and resolves, and support neither opens nor snoozes one whose customer has been silent for a week', async () => {
  const { id } = await open(user());
  await update(sam, id, { priority: 'HIGH' });
  for (const status of ['RESOLVED', 'OPEN', 'RESOLVED']) await update(sam, id, { status });
  const cases = await database.outboxEvent.findMany({
    where: { type: 'support.case-changed', key: id },
    orderBy: { seq: 'asc' },
  });
  const isResolved = cases.map(({ payload }) => (payload as { resolvedAt: string | null }).resolvedAt !== null);
  expect(isResolved).toEqual([false, true, false, true]);
  const versions = cases.map(({ payload }) => (payload as { version: number }).version);
  expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
  await send(sam, id, 'Are you there?');
  const silentFor = (days: number) => database.$executeRaw`
    UPDATE support_messages SET sent_at = now() - make_interval(days => ${days}::int)
    WHERE ticket_id = ${id} AND NOT from_agent`;
  await silentFor(8);
  for (const status of ['OPEN', 'PENDING', 'SNOOZED']) {
    expect(codesOf(await execute(REOPEN, sam, { id, status }))).toEqual(['BAD_USER_INPUT']);
  }
  await silentFor(6);
  await update(sam, id, { status: 'SNOOZED' });
  await silentFor(8);
  expect(codesOf(await execute(REOPEN, sam, { id, status: 'SNOOZED' }))).toEqual(['BAD_USER_INPUT']);
  await update(sam, id, { status: 'RESOLVED' });
});

test('what an agent changes, and at whose tickets an agent looks, is in the audit log', async () => {
  const customer = user();
  const { id } = await open(customer);
  await update(sam, id, { status: 'PENDING', priority: 'HIGH' });
  await send(sam, id, 'Hello');
  await note(sam, id, 'Known');
  const audited = { type: 'support.audited' };
  const log = await database.outboxEvent.findMany({ where: { ...audited, key: id }, orderBy: { seq: 'asc' } });
  expect(log).toMatchObject([
    {
      payload: {
        ...{ actorId: sam.userId, action: 'support-ticket.changed', subjectType: 'SupportTicket', subjectId: id },
        detail: 'OPEN to PENDING, LOW to HIGH',
      },
    },
    { payload: { actorId: sam.userId, action: 'support-ticket.answered' } },
    { payload: { actorId: sam.userId, action: 'support-ticket.noted' } },
  ]);
  const looks = async () => {
    const events = await database.outboxEvent.findMany({ where: audited });
    return events.filter(({ payload }) => JSON.stringify(payload).includes(customer.userId)).length;
  };
  const before = await looks();
  const read = 'query ($id: ID!) { supportTicket(id: $id) { subject messages { text } } }';
  await ask(read, customer, { id });
  expect(await looks()).toBe(before);
  await ask(read, sam, { id });
  expect(await looks()).toBeGreaterThan(before);
});

test('the seed is added once: articles, cases in every state, and an agent on duty', async () => {
  await seed({ databaseUrl });
  await seed({ databaseUrl });
  const cases = await database.supportTicket.findMany({ where: { id: { startsWith: 'sup_seed_' } } });
  expect(cases).toHaveLength(12);
  expect(new Set(cases.map(({ status }) => status))).toEqual(new Set(['OPEN', 'PENDING', 'SNOOZED', 'RESOLVED']));
  expect(await database.helpArticle.count()).toBe(14);
  const article = 'query { helpArticles(search: "टिकट", locale: "hi", first: 3) { edges { node { title } } } }';
  expect(JSON.stringify(await ask(article, { kind: 'anonymous' }))).toContain('मेरे टिकट कहाँ मिलेंगे?');
  const chat = 'query { supportTicket(id: "sup_seed_1") { messageCount messages { text internal } } }';
  expect(await ask(chat, sam)).toMatchObject({ messageCount: 2, messages: { length: 3 } });
});
