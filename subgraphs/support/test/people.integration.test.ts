import { expect, test } from 'vitest';

import { seed } from '../src/seed.ts';
import { agent, openSupport, user } from './harness.ts';

const { ask, database, databaseUrl, deliver, execute, note, open, send, setDuty, update } = await openSupport();
const sam = agent();

const DATA = 'query ($userId: ID!) { personalData(userId: $userId) }';
const RATE = 'mutation ($id: ID!) { rateSupport(ticketId: $id, score: 2, comment: "Slow, said Casey") { __typename } }';
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
  expect(await everything()).toContain('Casey');
  await deliver('account.erased', { userId: customer.userId });
  await deliver('account.erased', { userId: customer.userId });
  expect(await everything()).not.toContain('Casey');
  expect(await database.supportTicket.findUnique({ where: { id } })).toMatchObject({ satisfactionScore: 2 });
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
    await leave();
    expect(await database.supportTicket.findUnique({ where: { id } })).toMatchObject({ assigneeId: null });
    expect((await open(user())).assignee).toBeNull();
  }
  const dan = agent();
  await setDuty(dan, true);
  await deliver('account.roles-changed', { userId: dan.userId, scopes: ['reports:read', 'support:write'] });
  expect((await open(user())).assignee).toEqual({ id: dan.userId });
  await setDuty(dan, false);
});

test('what an agent changes, and at whose tickets an agent looks, is in the audit log', async () => {
  const customer = user();
  const { id } = await open(customer);
  await update(sam, id, { status: 'PENDING', priority: 'HIGH' });
  const audited = { type: 'support.audited' };
  expect(await database.outboxEvent.findMany({ where: { ...audited, key: id } })).toMatchObject([
    {
      payload: {
        ...{ actorId: sam.userId, action: 'support-ticket.changed', subjectType: 'SupportTicket', subjectId: id },
        detail: 'OPEN to PENDING, LOW to HIGH',
      },
    },
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
