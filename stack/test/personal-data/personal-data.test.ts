import { randomUUID } from 'node:crypto';
import { personalDataIn } from '@marquee/events';
import { eventually, recordTraces, testRedis } from '@marquee/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { databaseNames } from '../../src/databases.ts';
import { loadEventCatalogue, loadSubgraphs, subgraphNames } from '../../src/subgraphs.ts';
import { type Marketplace, openMarketplace } from '../marketplace.ts';
import { query } from '../server-process.ts';
import { eventRows, redisContent } from './kept.ts';
import { tracesOf } from './traces.ts';

const mark = randomUUID().slice(0, 8);
const PERSON = {
  email: `zelda.${mark}@example.test`,
  displayName: `Zelda ${mark}feather`,
  password: `quill-${randomUUID()}`,
};
const USER_AGENT = `Quill ${mark}browser/1.2`;

const traces = recordTraces();
const lines: string[] = [];
let marketplace: Marketplace;
/** Texts that the person's visit left nowhere but in the tables of their owners. */
const secrets: string[] = [mark, PERSON.password];
let userId = '';
let signedIn = '';

beforeAll(async () => {
  const log = { write: (line: string) => void lines.push(line) };
  marketplace = await openMarketplace({ telemetry: traces.telemetry, log });
  await visit();
}, 60_000);
afterAll(() => marketplace.stop());

async function ask<Result>(document: string, variables: object = {}, token?: string): Promise<Result> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': USER_AGENT,
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const response = await fetch(marketplace.endpoint, {
    ...{ method: 'POST', headers },
    body: JSON.stringify({ query: document, variables }),
  });
  const { data } = (await response.json()) as { data: { result: Result } | null };
  return data?.result as Result;
}

const REGISTER = `mutation ($input: RegisterInput!) { result: register(input: $input) {
  ... on AuthPayload { accessToken refreshToken user { id email displayName } } } }`;
const LOGIN =
  'mutation ($input: LoginInput!) { result: login(input: $input) { ... on AuthPayload { accessToken refreshToken } } }';
const HOLD = `mutation ($input: HoldBestAvailableInput!) { result: holdBestAvailable(input: $input) {
  ... on HoldSeatsPayload { hold { id } } } }`;
const BOOK = `mutation ($input: CreateBookingInput!) { result: createBooking(input: $input) {
  ... on CreateBookingPayload { booking { id } } } }`;
const PAY = `mutation ($input: PayBookingInput!) { result: payBooking(input: $input) {
  ... on PayBookingPayload { payment { id status } } } }`;
const TICKETS = 'query ($id: ID!) { result: booking(id: $id) { status tickets { qrCode } } }';

const TITLE = 'query { result: viewer { bookings(first: 1) { edges { node { show { title { id } } } } } } }';
const REVIEW = 'mutation ($input: WriteReviewInput!) { result: writeReview(input: $input) { __typename } }';
const SAVE_CARD = 'mutation { result: savePaymentMethod(input: { cardToken: "tok_visa" }) { __typename } }';
const REQUEST_EXPORT = 'mutation { result: requestDataExport { export { id status downloadUrl } } }';
const EXPORT = 'query ($id: ID!) { result: dataExport(id: $id) { status downloadUrl } }';
const ERASE = `mutation ($password: String!) { result: deleteMyAccount(password: $password) {
  ... on DeleteMyAccountPayload { erasedUserId } ... on UserError { message } } }`;

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

interface Booking {
  readonly status: string;
  readonly tickets: readonly { readonly qrCode: string }[];
}

/** A person registers, signs in with and without success, and buys a seat. */
async function visit(): Promise<void> {
  const registered = await ask<Tokens & { user: { id: string } }>(REGISTER, { input: PERSON });
  const { email, password } = PERSON;
  const loggedIn = await ask<Tokens>(LOGIN, { input: { email, password } });
  await ask(LOGIN, { input: { email, password: `wrong-${mark}` } });
  await ask(`mutation { login(input: { email: "${email}", password: "${password}" }) { __typename } }`);
  await ask(`mutation { login(input: { email: "${email}", passwort: "${password}" }) { __typename } }`);
  signedIn = loggedIn.accessToken;
  const { qrCode } = await buySeat(signedIn);
  await ask(
    REVIEW,
    { input: { subject: { titleId: await bookedTitle() }, stars: 4, text: `Signed, ${mark}` } },
    signedIn,
  );
  await ask(SAVE_CARD, {}, signedIn);
  const tokens = [registered, loggedIn].flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]);
  userId = registered.user.id;
  secrets.push(...tokens, qrCode);
}

async function bookedTitle(): Promise<string | undefined> {
  type Booked = { bookings: { edges: { node: { show: { title: { id: string } } } }[] } };
  const { bookings } = await ask<Booked>(TITLE, {}, signedIn);
  return bookings.edges[0]?.node.show.title.id;
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
  await ask(PAY, { input: { bookingId: booking.id, with: { cardToken: 'tok_visa' }, idempotencyKey } }, token);
  return eventually(async () => {
    const { status, tickets } = await ask<Booking>(TICKETS, { id: booking.id }, token);
    if (status !== 'CONFIRMED' || !tickets[0]) throw new Error(`The booking is ${status}`);
    return tickets[0];
  });
}

/** The person's data in the text. */
const foundIn = (text: string): string[] =>
  [...secrets, PERSON.email, PERSON.displayName, USER_AGENT].filter((each) => text.includes(each));

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

/** Where the person's mark is, in all databases. */
async function placesWithMark(): Promise<string[]> {
  const found = databaseNames().map(async (name) => {
    const columns = await tracesOf(marketplace.databaseUrl(name), mark);
    return columns.map((column) => `${name}.${column}`);
  });
  return (await Promise.all(found)).flat().toSorted();
}

test('a person gets everything that all subgraphs hold about them, by a link that works once', async () => {
  const { export: requested } = await ask<{ export: { id: string } }>(REQUEST_EXPORT, {}, signedIn);
  const url = await eventually(async () => {
    const { downloadUrl } = await ask<{ downloadUrl: string | null }>(EXPORT, { id: requested.id }, signedIn);
    if (downloadUrl === null) throw new Error('The export is not ready');
    return downloadUrl;
  });
  const held = (await (await fetch(url)).json()) as Record<string, unknown>;
  const { madeAt: _madeAt, ...parts } = held;
  expect(Object.keys(parts)).toEqual(subgraphNames());
  expect(held).toMatchObject({
    accounts: { account: { email: PERSON.email, displayName: PERSON.displayName } },
    booking: { bookings: [{ status: 'CONFIRMED' }], tickets: [{}] },
    payments: { cards: [{ lastDigits: '4242' }] },
    ratings: { reviews: [{ text: `Signed, ${mark}` }] },
  });
  expect((await fetch(url)).status).toBe(404);
});

test('an erased person is in no database and nowhere in Redis, and the books stay', async () => {
  const before = await placesWithMark();
  expect(before).toEqual(
    expect.arrayContaining([
      ...['accounts.sessions.user_agent', 'accounts.users.display_name', 'accounts.users.email'],
      'ratings.reviews.text',
    ]),
  );
  const erased = await ask<{ erasedUserId: string }>(ERASE, { password: PERSON.password }, signedIn);
  expect(erased).toEqual({ erasedUserId: userId });
  await eventually(async () => expect(await placesWithMark()).toEqual([]));
  const redis = await redisContent(testRedis().url);
  expect(foundIn(redis)).toEqual([]);
  const owned = async (name: string, table: string) =>
    (await query(marketplace.databaseUrl(name), `SELECT FROM ${table} WHERE customer_id = '${userId}'`)).length;
  await eventually(async () => expect(await owned('payments', 'payment_methods')).toBe(0));
  expect(await owned('booking', 'bookings')).toBe(1);
  expect(await owned('payments', 'payments')).toBe(1);
  const refused = await ask('query { result: viewer { id } }', {}, signedIn);
  expect(refused).toBeUndefined();
});
