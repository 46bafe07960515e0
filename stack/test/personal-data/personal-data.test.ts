import { randomUUID } from 'node:crypto';
import { connect } from '@marquee/database';
import { personalDataIn } from '@marquee/events';
import { PrismaClient } from '@marquee/prisma-accounts';
import { eventually, recordTraces, testRedis } from '@marquee/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { ErasureRepository } from '../../../subgraphs/accounts/src/adapters/erasures.ts';
import { completeErasures } from '../../../subgraphs/accounts/src/use-cases/erase-account.ts';
import { databaseNames } from '../../src/databases.ts';
import { loadEventCatalogue, loadSubgraphs, subgraphNames } from '../../src/subgraphs.ts';
import { type Marketplace, openMarketplace } from '../marketplace.ts';
import { query } from '../server-process.ts';
import { bury, emitAgain } from './late.ts';
import { HELD, rowsOf, sealedOf, tablesOfPeople } from './held.ts';
import { eventRows, redisContent } from './kept.ts';
import {
  BOOK,
  type Booking,
  ERASE,
  EXPORT,
  HOLD,
  LOGIN,
  PAY,
  REGISTER,
  REQUEST_EXPORT,
  SAVE_CARD,
  send,
  TICKETS,
  type Tokens,
  VENUE,
} from './operations.ts';
import { inputsWith, others, textInputs, WRITTEN } from './texts.ts';
import { tracesOf } from './traces.ts';
import { type Person, Writing } from './written.ts';

const mark = randomUUID().slice(0, 8);
const PERSON = {
  email: `zelda.${mark}@example.test`,
  displayName: `Zelda ${mark}feather`,
  password: `quill-${randomUUID()}`,
};
const RETURN_URL = `http://localhost:3000/${mark}`;
const USER_AGENT = `Quill ${mark}browser/1.2`;

const traces = recordTraces();
const lines: string[] = [];
let marketplace: Marketplace;
/** Texts that the person's visit left nowhere but in the tables of their owners. */
const secrets: string[] = [mark, PERSON.password];
let userId = '';
let signedIn = '';
let writing: Writing;

beforeAll(async () => {
  const log = { write: (line: string) => void lines.push(line) };
  marketplace = await openMarketplace({ telemetry: traces.telemetry, log });
  await visit();
}, 120_000);
afterAll(() => marketplace.stop());

const ask = <Result>(document: string, variables: object = {}, token?: string, browser = USER_AGENT): Promise<Result> =>
  send(marketplace.endpoint, document, { variables, token, browser });

/** A person registers, signs in with and without success, and buys a seat. */
async function visit(): Promise<void> {
  const registered = await ask<Tokens & { user: { id: string } }>(REGISTER, { input: PERSON });
  const { email, password } = PERSON;
  const loggedIn = await ask<Tokens>(LOGIN, { input: { email, password } });
  await ask(LOGIN, { input: { email, password: `wrong-${mark}` } });
  await ask(`mutation { login(input: { email: "${email}", password: "${password}" }) { __typename } }`);
  await ask(`mutation { login(input: { email: "${email}", passwort: "${password}" }) { __typename } }`);
  signedIn = loggedIn.accessToken;
  const { qrCode, ...bought } = await buySeat(signedIn);
  await ask(SAVE_CARD, {}, signedIn);
  const tokens = [registered, loggedIn].flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]);
  userId = registered.user.id;
  secrets.push(...tokens, qrCode);
  const venueId = (await bookedVenue()) ?? '';
  const person: Person = { ...PERSON, mark, id: userId, token: signedIn, bought: { ...bought, venueId } };
  writing = new Writing(marketplace, ask, person);
  const already = {
    register: { input: PERSON },
    login: { input: { email } },
    payBooking: { input: { returnUrl: RETURN_URL } },
  };
  for (const [name, given] of Object.entries(already))
    inputsWith(mark, name, given).forEach((input) => writing.inputs.add(input));
  await writing.everything();
  signedIn = person.token;
}

async function bookedVenue(): Promise<string | undefined> {
  type Booked = { bookings: { edges: { node: { show: { venue: { id: string } } } }[] } };
  const { bookings } = await ask<Booked>(VENUE, {}, signedIn);
  return bookings.edges[0]?.node.show.venue.id;
}

async function buySeat(token: string) {
  const idempotencyKey = randomUUID();
  const wanted = { showId: marketplace.showId, quantity: 1, idempotencyKey };
  const { hold } = await ask<{ hold: { id: string } }>(HOLD, { input: wanted }, token);
  const { booking } = await ask<{ booking: { id: string } }>(
    BOOK,
    { input: { holdId: hold.id, idempotencyKey } },
    token,
  );
  const payment = { bookingId: booking.id, with: { cardToken: 'tok_visa' }, returnUrl: RETURN_URL, idempotencyKey };
  await ask(PAY, { input: payment }, token);
  return eventually(async () => {
    const { status, tickets, payments } = await ask<Booking>(TICKETS, { id: booking.id }, token);
    if (status !== 'CONFIRMED' || !tickets[0]) throw new Error(`The booking is ${status}`);
    return { ticketId: tickets[0].id, qrCode: tickets[0].qrCode, paymentId: payments[0]?.id ?? '' };
  });
}

/** The person's data in the text. */
const foundIn = (text: string): string[] =>
  [...secrets, PERSON.email, PERSON.displayName, USER_AGENT].filter((each) => text.includes(each));

test('every input that takes text had one of the person, or is listed with why it need not', () => {
  expect([...writing.inputs].toSorted()).toEqual([...new Set(WRITTEN)].toSorted());
  expect([...WRITTEN, ...others()].toSorted()).toEqual(textInputs().toSorted());
});

test('the events of all domains carry ids of a person, and nothing else of them', async () => {
  const rows = await Promise.all(databaseNames().map((name) => eventRows(marketplace.databaseUrl(name))));
  expect(rows.join()).toContain(userId);
  expect(foundIn(rows.join())).toEqual([]);
});

test('no event carries more than its shape says', async () => {
  const catalogue = await loadEventCatalogue();
  for (const name of databaseNames()) {
    const url = marketplace.databaseUrl(name);
    const [table] = await query(url, "SELECT to_regclass('outbox_events') AS name");
    if ((table as { name: string | null }).name === null) continue;
    const events = (await query(url, 'SELECT type, payload FROM outbox_events')) as { type: string; payload: object }[];
    for (const { type, payload } of events) expect(payload).toEqual(catalogue.parse(type, payload));
  }
});

test('Redis, the logs and the traces carry nothing of a person but ids', async () => {
  const redis = await redisContent(testRedis().url);
  const spans = (await traces.spans()).map(({ name, attributes, events, status }) => [
    name,
    attributes,
    events,
    status,
  ]);
  expect(redis).toContain(userId);
  expect(lines.length).toBeGreaterThan(0);
  expect(spans.length).toBeGreaterThan(100);
  expect(foundIn(redis)).toEqual([]);
  expect(foundIn(lines.join())).toEqual([]);
  expect(foundIn(JSON.stringify(spans))).toEqual([]);
});

test('the personal data that events may carry is what was reviewed', async () => {
  const shapes = Object.assign({}, ...(await loadSubgraphs()).map(({ emits }) => emits));
  const readers = Object.entries(personalDataIn(shapes)).map(([field, { readBy }]) => [field, ...readBy]);
  expect(readers).toEqual([
    ['booking.cancelled.reason', 'notifications'],
    ['booking.passed-on-tickets-changed.reason', 'notifications'],
    ['catalog.show-cancelled.reason', 'booking'],
  ]);
});

/** The databases of the marketplace. That of the payment provider is another company's. */
const own = databaseNames().filter((name) => name !== 'sandbox-provider');

/** Where the person's mark is, in all databases. */
async function placesWithMark(): Promise<string[]> {
  const found = own.map(async (name) => {
    const columns = await tracesOf(marketplace.databaseUrl(name), mark);
    return columns.map((column) => `${name}.${column}`);
  });
  return (await Promise.all(found)).flat().toSorted();
}

let held: Record<string, Record<string, unknown>> = {};

test('a person gets everything that all subgraphs hold about them, by a link that works once', async () => {
  const { export: requested } = await ask<{ export: { id: string } }>(REQUEST_EXPORT, {}, signedIn);
  const url = await eventually(async () => {
    const { downloadUrl } = await ask<{ downloadUrl: string | null }>(EXPORT, { id: requested.id }, signedIn);
    if (downloadUrl === null) throw new Error('The export is not ready');
    return downloadUrl;
  });
  const { madeAt: _madeAt, ...parts } = (await (await fetch(url)).json()) as typeof held;
  held = parts;
  expect(Object.keys(held)).toEqual(subgraphNames());
  expect(held).toMatchObject({
    accounts: { account: { email: PERSON.email, displayName: `Zelda ${mark}` }, passkeys: [{ name: `Key ${mark}` }] },
    booking: { bookings: [{ status: 'CONFIRMED' }], tickets: [{}, { givenBecause: `Uncle of ${mark}` }] },
    payments: { cards: [{ lastDigits: '4242' }], walletMovements: [{ amount: 500 }] },
    ratings: { reviews: [{ text: `See www.example.com, ${mark}` }] },
    support: { tickets: [{ subject: `Ask ${mark}`, ratingComment: `Yours, ${mark}` }] },
  });
  expect((await fetch(url)).status).toBe(404);
});

test('every table that names people is exported, or listed with why it need not be', async () => {
  for (const name of own) {
    const tables = HELD[name] ?? {};
    expect([name, await tablesOfPeople(marketplace.databaseUrl(name))]).toEqual([name, Object.keys(tables).toSorted()]);
    const exported = Object.values(tables).filter((under) => !under.startsWith('-'));
    expect(Object.keys(held[name] ?? {})).toEqual(expect.arrayContaining(exported));
  }
});

/** The rows that name the person, in all databases. */
const allRows = async () =>
  Object.fromEntries(
    await Promise.all(own.map(async (name) => [name, await rowsOf(marketplace.databaseUrl(name), userId)] as const)),
  );

const urls = () => own.map((name) => marketplace.databaseUrl(name));

/** How far the erasure has come. */
async function erasure() {
  const [row] = await query(
    marketplace.databaseUrl('accounts'),
    `SELECT erased_in AS "erasedIn", passes FROM account_erasures WHERE user_id = '${userId}'`,
  );
  return row as { readonly erasedIn: string[]; readonly passes: number };
}
const erasedIn = async () => (await erasure()).erasedIn.toSorted();
const ERASERS = subgraphNames().filter((name) => name in HELD);

test('an erased person is in no database and nowhere in Redis, and the books stay', async () => {
  const before = await placesWithMark();
  expect(before).toEqual(
    expect.arrayContaining([
      ...['accounts.sessions.user_agent', 'accounts.users.display_name', 'accounts.users.email'],
      ...['accounts.users.status_reason', 'accounts.organisation_invitations.email', 'accounts.passkeys.name'],
      ...['booking.booking_events.data', 'booking.bookings.complimentary_reason', 'payments.payments.return_url'],
      ...['notifications.push_endpoints.endpoint', 'payments.refunds.reason', 'ratings.reviews.note'],
      ...['ratings.reviews.reply_text', 'ratings.reviews.text', 'support.support_messages.text'],
      ...['support.support_tickets.satisfaction_comment', 'support.support_tickets.subject'],
    ]),
  );
  expect(await sealedOf(marketplace, userId)).toMatchObject({ offers: 1, exports: 1 });
  const erased = await ask<{ erasedUserId: string }>(ERASE, { password: PERSON.password }, signedIn);
  expect(erased).toEqual({ erasedUserId: userId });
  await eventually(async () => expect(await erasedIn()).toEqual(ERASERS));
  expect(await placesWithMark()).toEqual([]);
  expect(await sealedOf(marketplace, userId)).toEqual({ offers: 0, exports: 0, mails: 0 });
  const redis = await redisContent(testRedis().url);
  expect(foundIn(redis)).toEqual([]);
  const left = await allRows();
  expect(left).toMatchObject({
    booking: { 'bookings.customer_id': 1, 'tickets.holder_id': 2 },
    payments: { 'payments.customer_id': 2, 'refunds.customer_id': 1 },
    support: { 'support_tickets.customer_id': 1 },
  });
  expect(left['notifications']).toEqual({});
  const refused = await ask('query { result: viewer { id } }', {}, signedIn);
  expect(refused).toBeUndefined();
});

test('late events of an erased person leave no row about them in any subgraph', async () => {
  const before = await allRows();
  expect(await emitAgain(urls(), userId)).toBeGreaterThan(20);
  expect(await allRows()).toEqual(before);
  expect(await placesWithMark()).toEqual([]);
});

test('an erasure is complete when a dead letter of it has succeeded too, not before', async () => {
  const accounts = connect(PrismaClient, { url: marketplace.databaseUrl('accounts') });
  const ratings = marketplace.databaseUrl('ratings');
  await query(ratings, 'ALTER TABLE attendances RENAME TO attendances_away');
  const inNineDays = new Date(Date.now() + 9 * 24 * 60 * 60 * 1_000);
  const run = () => completeErasures({ erasures: new ErasureRepository(accounts), now: () => inNineDays });
  await run();
  await eventually(async () => expect(await erasedIn()).toEqual(ERASERS.filter((name) => name !== 'ratings')));
  await bury(marketplace.databaseUrl('accounts'), ratings);
  await run();
  const completed = async () => (await accounts.accountErasure.findUniqueOrThrow({ where: { userId } })).completedAt;
  expect(await completed()).toBeNull();
  await query(ratings, 'ALTER TABLE attendances_away RENAME TO attendances');
  await query(ratings, 'UPDATE dead_letters SET replay_requested_at = now()');
  await eventually(async () => expect(await erasedIn()).toEqual(ERASERS));
  await run();
  expect(await completed()).toEqual(inNineDays);
  expect((await erasure()).passes).toBe(2);
  await accounts.$disconnect();
});

test('control: in a subgraph that does not remember them, late events leave rows', async () => {
  await query(marketplace.databaseUrl('notifications'), 'DELETE FROM erased_people');
  await emitAgain(urls(), userId);
  expect((await allRows())['notifications']).toMatchObject({ 'notifications.user_id': expect.any(Number) });
});
