import type { Caller, UserCaller } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';

import { agent, codesOf, openSupport, type Sent, user } from './harness.ts';

const { ask, database, execute, note, open, send, subgraph, update } = await openSupport({ start: true });
const sam = agent();

const FOLLOW = `subscription ($id: ID!, $after: Int) {
  supportTicketChanged(ticketId: $id, after: $after) {
    ticket { id status messageCount } message { sequence text internal }
  }
}`;
const MESSAGES = `query ($id: ID!, $last: Int, $after: Int, $before: Int) {
  supportTicket(id: $id) {
    messageCount updatedAt messages(last: $last, after: $after, before: $before) { sequence text internal }
  }
}`;
const SEND = `mutation ($input: SendSupportMessageInput!) {
  sendSupportMessage(input: $input) { __typename ... on UserError { message } }
}`;

interface Change {
  readonly ticket: { readonly status: string; readonly messageCount: number };
  readonly message: { readonly sequence: number; readonly text: string; readonly internal: boolean } | null;
}
interface Page {
  readonly messageCount: number;
  readonly updatedAt: string;
  readonly messages: { readonly sequence: number; readonly text: string; readonly internal: boolean }[];
}

async function follow(caller: Caller, id: string, after?: number) {
  const stream = await subgraph.subscribe({ query: FOLLOW, variables: { id, after }, caller });
  if ('errors' in stream) return stream;
  const events = stream as AsyncIterableIterator<{ data: { supportTicketChanged: Change } }>;
  onTestFinished(async () => void (await events.return?.()));
  return {
    next: async (): Promise<Change> => {
      const { value } = await events.next();
      expect(value).not.toHaveProperty('errors');
      return (value as { data: { supportTicketChanged: Change } }).data.supportTicketChanged;
    },
  };
}

async function followed(caller: UserCaller, id: string, after?: number) {
  const stream = await follow(caller, id, after);
  if (!('next' in stream)) throw new Error('refused');
  return stream;
}

const texts = async (caller: Caller, id: string, page = {}) =>
  (await ask<Page>(MESSAGES, caller, { id, ...page })).messages.map(({ sequence, text }) => `${sequence} ${text}`);

test('both sides hear of each other’s messages and changes, in order', async () => {
  const customer = user();
  const { id } = await open(customer);
  const [customers, agents] = [await followed(customer, id, 1), await followed(sam, id, 1)];
  const events = [customers.next(), agents.next()];
  await send(sam, id, 'Hello, how can I help?');
  for (const event of await Promise.all(events)) {
    expect(event).toMatchObject({ message: { sequence: 2, text: 'Hello, how can I help?' } });
  }
  const changes = [customers.next(), agents.next()];
  await update(sam, id, { status: 'PENDING' });
  for (const event of await Promise.all(changes)) {
    expect(event).toMatchObject({ ticket: { status: 'PENDING' }, message: null });
  }
  const answers = [customers.next(), agents.next()];
  await send(customer, id, 'My seats are gone.');
  for (const event of await Promise.all(answers)) {
    expect(event).toMatchObject({ ticket: { status: 'OPEN' }, message: { sequence: 3 } });
  }
});

test('a client that was offline gets what it missed, by the subscription and by reading', async () => {
  const customer = user();
  const { id } = await open(customer);
  for (const text of ['one', 'two', 'three']) await send(sam, id, text);
  await update(sam, id, { status: 'PENDING' });
  const stream = await followed(customer, id, 1);
  const missed = [await stream.next(), await stream.next(), await stream.next(), await stream.next()];
  expect(missed.map(({ message }) => message?.text ?? null)).toEqual(['one', 'two', 'three', null]);
  expect(missed.at(-1)?.ticket.status).toBe('PENDING');
  expect(await texts(customer, id, { after: 1 })).toEqual(['2 one', '3 two', '4 three']);
  expect(await texts(customer, id, { after: 1, last: 1 })).toEqual(['4 three']);
  expect(await texts(customer, id, { after: 1, before: 4 })).toEqual(['2 one', '3 two']);
  expect(codesOf(await execute(MESSAGES, customer, { id, last: 101 }))).toEqual(['BAD_USER_INPUT']);
});

test('messages sent at once are numbered without a gap, and repeats are dropped', async () => {
  const customer = user();
  const { id } = await open(customer);
  const keys = Array.from({ length: 8 }, () => randomUUID());
  const sent = await Promise.all([...keys, ...keys].map((key) => send(customer, id, `key ${key}`, key)));
  expect(new Set(sent.map(({ message }) => message.id)).size).toBe(keys.length);
  const numbers = sent.map(({ message }) => message.sequence);
  expect([...new Set(numbers)].toSorted((a, b) => a - b)).toEqual(keys.map((_key, index) => index + 2));
  const reused = { ticketId: id, text: 'other', idempotencyKey: keys[0] };
  expect(codesOf(await execute(SEND, customer, { input: reused }))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
});

test('after a resolve the customer’s messages go to one new case, however many are sent at once', async () => {
  const customer = user();
  const { id } = await open(customer);
  await update(sam, id, { status: 'RESOLVED' });
  const sent = await Promise.all(['a', 'b', 'c', 'd'].map((text) => send(customer, id, text)));
  const cases = new Set(sent.map(({ ticket }) => ticket.id));
  expect([cases.size, cases.has(id)]).toEqual([1, false]);
  for (const { isNewCase, ticket } of sent) expect([isNewCase, ticket.previousTicket?.id]).toEqual([true, id]);
  const [next = ''] = cases;
  expect((await texts(customer, next)).map((text) => text.slice(2)).toSorted()).toEqual(['a', 'b', 'c', 'd']);
  // A case that goes on from the new one is found from the first as well.
  await update(sam, next, { status: 'RESOLVED' });
  const third: Sent = await send(customer, id, 'e');
  expect(third.ticket.previousTicket?.id).toBe(next);
  expect(await send(sam, id, 'We are on it.')).toMatchObject({ isNewCase: false, ticket: { status: 'RESOLVED' } });
});

test.each([
  ['a customer', user()],
  ['an agent who is the customer', agent()],
])('%s learns nothing of internal notes: not in lists, numbers, times or the subscription', async (_who, customer) => {
  const { id } = await open(customer);
  await send(sam, id, 'We look into it.');
  const before = await ask<Page>(MESSAGES, customer, { id });
  const [customers, agents] = [await followed(customer, id, 2), await followed(sam, id, 2)];
  const [heard, seen] = [customers.next(), agents.next()];
  await note(sam, id, 'He has called twice.');
  expect(await seen).toMatchObject({ message: { text: 'He has called twice.', internal: true, sequence: 2 } });
  expect(await ask<Page>(MESSAGES, customer, { id })).toEqual(before);
  expect(await texts(customer, id, { last: 1 })).toEqual(['2 We look into it.']);
  expect(await texts(customer, id, { after: 1 })).toEqual(['2 We look into it.']);
  expect(await texts(sam, id, { after: 2 })).toEqual(['2 He has called twice.']);
  await send(sam, id, 'Solved.');
  expect(await heard).toMatchObject({ message: { text: 'Solved.', sequence: 3, internal: false } });
  // Also not to a client that begins anew.
  const again = await followed(customer, id, 0);
  const all = [await again.next(), await again.next(), await again.next()];
  expect(all.map(({ message }) => message?.sequence)).toEqual([1, 2, 3]);
  const eventsOf = async (...types: string[]) =>
    JSON.stringify(
      await database.outboxEvent.findMany({ select: { payload: true }, where: { key: id, type: { in: types } } }),
    );
  expect(await eventsOf('support.note-added')).not.toContain(customer.userId);
  expect(await eventsOf('support.message-posted', 'support.ticket-changed')).not.toContain('called');
});

test('only a ticket’s customer and support follow it, and only support the queue', async () => {
  const customer = user();
  const { id } = await open(customer);
  expect(await follow(user(), id)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  expect(await follow({ kind: 'anonymous' }, id)).toMatchObject({
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
  expect(await follow(customer, 'sup_none')).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  const query = 'subscription { supportQueueChanged { ticket { id slaStatus } } }';
  expect(await subgraph.subscribe({ query, caller: customer })).toMatchObject({
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  });
  const queue = (await subgraph.subscribe({ query, caller: sam })) as AsyncIterableIterator<unknown>;
  onTestFinished(async () => void (await queue.return?.()));
  const heard: string[] = [];
  void (async () => {
    for await (const event of queue) {
      heard.push(
        (event as { data: { supportQueueChanged: { ticket: { id: string } } } }).data.supportQueueChanged.ticket.id,
      );
    }
  })();
  // Of a ticket of their own an agent hears as its customer, and goes on to hear of others'.
  const { id: own } = await open(sam);
  const { id: opened } = await open(customer);
  await eventually(async () => expect(heard).toContain(opened));
  expect(heard).not.toContain(own);
});

test('whoever writes too much in a minute is told to wait, and nothing is lost or sent twice', async () => {
  const customer = user();
  const { id } = await open(customer);
  const key = randomUUID();
  for (let count = 2; count < 20; count += 1) await send(customer, id, `${count}`);
  await send(customer, id, 'last', key);
  const refused = await execute(SEND, customer, {
    input: { ticketId: id, text: 'more', idempotencyKey: randomUUID() },
  });
  expect(refused.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 60 } }]);
  expect((await send(customer, id, 'last', key)).message.sequence).toBe(20);
  await database.$executeRaw`UPDATE support_writers SET minute_start = minute_start - interval '61 seconds'`;
  expect((await send(customer, id, 'more')).message.sequence).toBe(21);
});
