import { expect, test } from 'vitest';

import { agent, codesOf, openSupport, type Ticket, user } from './harness.ts';

const { ask, bookings, database, execute, note, open, send, setDuty, statements, update } = await openSupport();
const sam = agent();

const READ = `query ($id: ID!) {
  supportTicket(id: $id) {
    id subject category status priority firstResponseDueAt resolutionDueAt createdAt updatedAt resolvedAt
    customer { id } assignee { id } booking { id } messageCount messages { sequence text internal author { id } }
    satisfaction { score comment }
  }
}`;
const WORK = 'query ($id: ID!) { supportTicket(id: $id) { slaStatus snoozedUntil } }';
const OPEN = `mutation ($input: OpenSupportTicketInput!) {
  openSupportTicket(input: $input) { __typename ... on UserError { message } }
}`;
const RATE = `mutation ($id: ID!, $score: Int!, $comment: String) {
  rateSupport(ticketId: $id, score: $score, comment: $comment) {
    __typename ... on RateSupportPayload { ticket { satisfaction { score comment } } } ... on UserError { message }
  }
}`;
const QUEUE = `query ($status: [SupportTicketStatus!], $mine: Boolean, $first: Int, $after: String) {
  supportQueue(status: $status, mine: $mine, first: $first, after: $after) {
    edges { node { id status slaStatus customer { id } messages(last: 1) { text } } } pageInfo { hasNextPage endCursor }
  }
}`;
const LISTS = `query ($of: [_Any!]!, $first: Int) {
  _entities(representations: $of) {
    ... on User { supportTickets(first: $first) { edges { node { id messages(last: 1) { text } } } } }
    ... on Booking { listed: supportTickets { id messages(last: 1) { text } } }
  }
}`;

interface Queue {
  readonly edges: { readonly node: Ticket }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}
interface Listed {
  readonly supportTickets: Queue | null;
  readonly listed: readonly Ticket[];
}
const idsOf = (page: Queue | undefined) => page?.edges.map(({ node }) => node.id);
const opening = { subject: 'Hello', text: 'Hello?', category: 'OTHER' };

test('a customer opens a ticket by the hours of their home city, and reads it', async () => {
  const customer = user();
  const { id } = await open(customer, { subject: ' Where are\nmy seats? ' });
  const ticket = await ask<Ticket>(READ, customer, { id });
  expect(ticket).toMatchObject({
    ...{ subject: 'Where are my seats?', category: 'OTHER', status: 'OPEN', priority: 'LOW', messageCount: 1 },
    ...{ firstResponseDueAt: expect.any(String), resolutionDueAt: expect.any(String), resolvedAt: null },
    customer: { id: customer.userId },
    messages: [{ sequence: 1, text: 'I cannot find them.', internal: false, author: { id: customer.userId } }],
  });
  expect(await database.supportTicket.findUnique({ where: { id } })).toMatchObject({
    country: 'DE',
    region: 'BE',
    timeZone: 'Europe/Berlin',
  });
});

test('a ticket about one’s booking has the priority and the place of its show', async () => {
  const customer = user();
  const startsAt = new Date(Date.now() + 60 * 60_000).toISOString();
  bookings.set('bom_bkg_1', { customerId: customer.userId, status: 'CONFIRMED', startsAt });
  const { id, priority } = await open(customer, { bookingId: 'bom_bkg_1', category: 'BOOKING' });
  expect(priority).toBe('URGENT');
  expect(await database.supportTicket.findUnique({ where: { id } })).toMatchObject({
    region: 'MH',
    timeZone: 'Asia/Kolkata',
  });
  for (const bookingId of ['bom_bkg_1', 'bom_bkg_none']) {
    expect(codesOf(await execute(OPEN, user(), { input: { ...opening, bookingId } }))).toEqual(['NOT_FOUND']);
  }
});

test('a new case has the priority of its time, not that of the resolved one', async () => {
  const customer = user();
  const at = (hours: number) => new Date(Date.now() + hours * 60 * 60_000).toISOString();
  const booking = { customerId: customer.userId, status: 'CONFIRMED' };
  bookings.set('bom_bkg_2', { ...booking, startsAt: at(24) });
  const { id, priority } = await open(customer, { bookingId: 'bom_bkg_2', category: 'BOOKING' });
  expect(priority).toBe('HIGH');
  await update(sam, id, { status: 'RESOLVED', priority: 'LOW' });
  bookings.set('bom_bkg_2', { ...booking, startsAt: at(1) });
  expect(await send(customer, id, 'It starts soon!')).toMatchObject({
    isNewCase: true,
    ticket: { priority: 'URGENT' },
  });
});

test('invalid text is refused, and nothing is opened', async () => {
  const customer = user();
  for (const [field, change] of [
    ['input.subject', { subject: ' ' }],
    ['input.text', { text: '\u0007' }],
  ] as const) {
    const { errors } = await execute(OPEN, customer, { input: { ...opening, ...change } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
  }
  expect(await database.supportTicket.count({ where: { customerId: customer.userId } })).toBe(0);
});

test('only its customer and support read a ticket, and how its promises stand only support', async () => {
  const customer = agent();
  const { id } = await open(customer);
  expect(codesOf(await execute(READ, sam, { id }))).toEqual([]);
  expect(await ask(WORK, sam, { id })).toEqual({ slaStatus: 'ON_TRACK', snoozedUntil: null });
  // The customer works in support, and may see no more of a ticket of their own.
  expect(codesOf(await execute(READ, customer, { id }))).toEqual([]);
  expect(codesOf(await execute(WORK, customer, { id }))).toEqual(['FORBIDDEN']);
  expect(codesOf(await execute(READ, { kind: 'anonymous' }, { id }))).toEqual(['UNAUTHENTICATED']);
  // A stranger's answer does not tell which ids exist.
  for (const each of [id, 'sup_none']) expect(await ask(READ, user(), { id: each })).toBeNull();
});

test('only its customer and support write in a ticket, and only support changes it', async () => {
  const customer = agent();
  const { id } = await open(customer);
  const input = { ticketId: id, text: 'Hi', idempotencyKey: 'b7f2c1de-6a5c-4a1f-9a43-6f5f2b1c0d11' };
  const write = 'mutation ($input: SendSupportMessageInput!) { sendSupportMessage(input: $input) { __typename } }';
  const change = 'mutation ($input: UpdateSupportTicketInput!) { updateSupportTicket(input: $input) { __typename } }';
  const annotate = 'mutation ($id: ID!) { addInternalNote(ticketId: $id, text: "x") { __typename } }';
  const rate = 'mutation ($id: ID!) { rateSupport(ticketId: $id, score: 5) { __typename } }';
  expect(codesOf(await execute(write, user(), { input }))).toEqual(['NOT_FOUND']);
  expect(codesOf(await execute(rate, user(), { id }))).toEqual(['NOT_FOUND']);
  // Nobody in support works on a ticket of their own.
  expect(codesOf(await execute(change, customer, { input: { ticketId: id, status: 'RESOLVED' } }))).toEqual([
    'FORBIDDEN',
  ]);
  expect(codesOf(await execute(annotate, customer, { id }))).toEqual(['FORBIDDEN']);
  expect(codesOf(await execute(rate, sam, { id }))).toEqual(['FORBIDDEN']);
  for (const [query, variables] of [
    [change, { input: { ticketId: id } }],
    [annotate, { id }],
  ] as const) {
    expect(codesOf(await execute(query, user(), variables))).toEqual(['FORBIDDEN']);
  }
});

test('a case is rated once, after it is resolved, by 1 to 5', async () => {
  const customer = user();
  const { id } = await open(customer);
  expect(await ask(RATE, customer, { id, score: 5 })).toMatchObject({ __typename: 'TicketNotResolvedError' });
  await update(sam, id, { status: 'RESOLVED' });
  expect(codesOf(await execute(RATE, customer, { id, score: 6 }))).toEqual(['BAD_USER_INPUT']);
  const rated = await Promise.all([1, 2, 3].map((score) => ask(RATE, customer, { id, score, comment: ' Fast ' })));
  expect(rated.map((result) => (result as { __typename: string }).__typename).toSorted()).toEqual([
    ...['AlreadyRatedError', 'AlreadyRatedError', 'RateSupportPayload'],
  ]);
  const today = new Date().toISOString().slice(0, 10);
  const summary = `query ($day: Date!) { supportSatisfaction(from: $day, to: $day) { count average scores { score count } } }`;
  const { count, average } = await ask<{ count: number; average: number }>(summary, sam, { day: today });
  expect([count, [1, 2, 3].includes(average)]).toEqual([1, true]);
  expect(codesOf(await execute(summary, customer, { day: today }))).toEqual(['FORBIDDEN']);
});

test('an agent snoozes, assigns and resolves, and is told what is not possible', async () => {
  const [customer, ana] = [user(), agent()];
  await setDuty(ana, false);
  const { id } = await open(customer);
  expect(await update(sam, id, { assigneeId: ana.userId, priority: 'HIGH' })).toMatchObject({
    ...{ assignee: { id: ana.userId }, priority: 'HIGH', status: 'OPEN' },
  });
  const change = `mutation ($input: UpdateSupportTicketInput!) {
    updateSupportTicket(input: $input) { __typename ... on UserError { message } }
  }`;
  for (const assigneeId of [customer.userId, 'usr_nobody']) {
    const result = await ask(change, sam, { input: { ticketId: id, assigneeId } });
    expect(result).toMatchObject({ __typename: 'AssigneeUnavailableError' });
  }
  const past = new Date(Date.now() - 1_000).toISOString();
  const snooze = { ticketId: id, status: 'SNOOZED', snoozeUntil: past };
  expect(codesOf(await execute(change, sam, { input: snooze }))).toEqual(['BAD_USER_INPUT']);
  await send(sam, id, 'I look into it.');
  expect(await update(sam, id, { status: 'SNOOZED' })).toMatchObject({ status: 'SNOOZED' });
  expect(await ask(WORK, sam, { id })).toEqual({ slaStatus: 'PAUSED', snoozedUntil: expect.any(String) });
  expect(await update(sam, id, { status: 'RESOLVED', assigneeId: null })).toMatchObject({
    status: 'RESOLVED',
    assignee: null,
  });
});

test('the queue is in the order of its deadlines, page by page without a gap', async () => {
  const customer = user();
  const low = await open(customer);
  const urgent = await open(customer);
  await update(sam, urgent.id, { priority: 'URGENT' });
  const pending = await open(customer);
  await update(sam, pending.id, { status: 'PENDING' });
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await ask<Queue>(QUEUE, sam, { first: 2, after });
    seen.push(...(idsOf(page) ?? []));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
  } while (after);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((id) => [low.id, urgent.id, pending.id].includes(id))).toEqual([urgent.id, low.id, pending.id]);
  expect(idsOf(await ask(QUEUE, sam, { status: ['PENDING'] }))).toEqual([pending.id]);
  await update(sam, urgent.id, { status: 'RESOLVED' });
  expect(idsOf(await ask(QUEUE, sam, {}))).not.toContain(urgent.id);
  expect(codesOf(await execute(QUEUE, customer))).toEqual(['FORBIDDEN']);
});

test('an agent with a ticket of their own opens the queue, without it', async () => {
  const ana = agent();
  const [own, other] = [await open(ana), await open(user())];
  const found = idsOf(await ask(QUEUE, ana, { first: 100 }));
  expect([found?.includes(own.id), found?.includes(other.id)]).toEqual([false, true]);
  expect(idsOf(await ask(QUEUE, sam, { first: 100 }))).toContain(own.id);
});

test('an agent lists the tickets that are theirs', async () => {
  const ana = agent();
  await setDuty(ana, true);
  const { id } = await open(user());
  await setDuty(ana, false);
  expect(idsOf(await ask(QUEUE, ana, { mine: true }))).toEqual([id]);
});

test('customers find their tickets with their account and their bookings, and nobody else’s', async () => {
  const [customer, other] = [user(), user()];
  bookings.set('lon_bkg_9', { customerId: customer.userId, status: 'CONFIRMED', startsAt: '2040-01-01T00:00:00Z' });
  const { id } = await open(customer, { bookingId: 'lon_bkg_9' });
  const of = [
    { __typename: 'User', id: customer.userId },
    { __typename: 'Booking', id: 'lon_bkg_9' },
  ];
  const found = async (caller: typeof customer) => {
    const [account, booking] = ((await execute(LISTS, caller, { of })).data as { _entities: [Listed, Listed] })
      ._entities;
    return [account.supportTickets && idsOf(account.supportTickets), booking.listed.map(({ id: each }) => each)];
  };
  expect(await found(customer)).toEqual([[id], [id]]);
  expect(await found(sam)).toEqual([[id], [id]]);
  expect(await found(other)).toEqual([null, []]);
});

/** Every path to the messages of a ticket, but for subscriptions. */
const PATHS = `query ($id: ID!, $of: [_Any!]!) {
  supportTicket(id: $id) { messages { text } nextTicket { messages { text } previousTicket { messages { text } } } }
  _entities(representations: $of) {
    ... on SupportTicket { messages { text } }
    ... on User { supportTickets { edges { node { messages { text } } } } }
    ... on Booking { listed: supportTickets { messages { text } nextTicket { messages { text } } } }
  }
}`;
const SEND = `mutation ($input: SendSupportMessageInput!) {
  sendSupportMessage(input: $input) {
    ... on SendSupportMessagePayload { message { text } ticket { messages { text } previousTicket { messages { text } } } }
  }
}`;

test.each([
  ['a customer', user()],
  ['an agent', agent()],
])('no path leads %s to the internal notes of a ticket of their own', async (_who, customer) => {
  const bookingId = `lon_bkg_${customer.userId}`;
  bookings.set(bookingId, { customerId: customer.userId, status: 'CONFIRMED', startsAt: '2040-01-01T00:00:00Z' });
  const { id } = await open(customer, { bookingId });
  await note(sam, id, 'A note.');
  await update(sam, id, { status: 'RESOLVED' });
  const next = (await send(customer, id, 'Again.')).ticket.id;
  await note(sam, next, 'A note.');
  const of = [
    { __typename: 'SupportTicket', id },
    { __typename: 'User', id: customer.userId },
    { __typename: 'Booking', id: bookingId },
  ];
  const input = { ticketId: id, text: 'And again.', idempotencyKey: crypto.randomUUID() };
  const seen = JSON.stringify([await execute(PATHS, customer, { id, of }), await execute(SEND, customer, { input })]);
  const notes = (text: string) => text.split('A note.').length - 1;
  expect([notes(seen), seen.split('Again.').length > 5, seen.includes('errors')]).toEqual([0, true, false]);
  expect(notes(JSON.stringify(await execute(PATHS, sam, { id, of })))).toBe(9);
});

test('the lists of five people take as many statements as that of one', async () => {
  const customers = [user(), user(), user(), user(), user()];
  for (const customer of customers) await send(customer, (await open(customer)).id, 'Anybody there?');
  const list = (count: number) => {
    const of = customers.slice(0, count).map(({ userId: id }) => ({ __typename: 'User', id }));
    return statements.during(async () => expect(codesOf(await execute(LISTS, sam, { of, first: 2 }))).toEqual([]));
  };
  const [one, five] = [await list(1), await list(5)];
  const ours = (sent: readonly string[]) => sent.filter((text) => text.includes('support_')).length;
  expect([ours(one), ours(five)]).toEqual([2, 2]);
});

test('the team sees who is on duty and how much each has', async () => {
  const list = 'query { supportAgents { user { id } onDuty openTickets } }';
  const ana = agent();
  await setDuty(ana, true);
  await open(user());
  expect(await ask(list, sam)).toContainEqual({ user: { id: ana.userId }, onDuty: true, openTickets: 1 });
  await setDuty(ana, false);
  expect(codesOf(await execute(list, user()))).toEqual(['FORBIDDEN']);
  await note(sam, (await open(user())).id, 'Nobody was on duty.');
});
