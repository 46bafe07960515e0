import { newId, type UserCaller } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';

import { confirmed, type NotificationsHarness, openNotifications, user } from './harness.ts';
import { type Browser, openPushService } from './push-service.ts';

const REGISTER = `mutation ($input: RegisterPushEndpointInput!) { registerPushEndpoint(input: $input) { endpointId } }`;
const UNREGISTER = 'mutation ($id: ID!) { unregisterPushEndpoint(id: $id) { endpointId } }';
const ENDPOINTS = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { pushEndpoints { id host } } } }`;

let all: NotificationsHarness;
/** Languages of people, by their ids. */
const locales: Record<string, string> = {};
let newBrowser: () => Promise<Browser>;

beforeAll(async () => {
  newBrowser = await openPushService();
  all = await openNotifications({ locales, settings: { pushLoopback: 'on', pushIntervalMs: 20, pushTimeoutMs: 300 } });
  await all.subgraph.start();
});

/** A person with a browser that is registered. */
async function somebody(subscribe = newBrowser): Promise<{ caller: UserCaller; browser: Browser; endpointId: string }> {
  const [caller, browser] = [user(), await subscribe()];
  return { caller, browser, endpointId: await register(caller, browser) };
}

async function register(caller: UserCaller, { input }: Browser): Promise<string> {
  const { data, errors } = await all.execute(REGISTER, caller, { input });
  expect(errors).toBeUndefined();
  return (data as { registerPushEndpoint: { endpointId: string } }).registerPushEndpoint.endpointId;
}

const tell = ({ userId }: UserCaller, titleName = 'Arrival', bookingId = 'lon_bkg_1') =>
  all.deliver('booking.confirmed', confirmed(userId, { titleName, bookingId }));
const waiting = ({ userId }: UserCaller) => all.database.pushDelivery.findMany({ where: { userId } });
const endpointsOf = ({ userId }: UserCaller) => all.database.pushEndpoint.findMany({ where: { userId } });
/** The titles of what arrived, once for each notification: what is promised is that each arrives at least once. */
const titles = async (browser: Browser) => {
  const messages = await browser.messages();
  return [...new Map(messages.map(({ content }) => [content.id, content.title])).values()];
};
/** Has everything of a person due now, as time would. */
const bringForward = ({ userId }: UserCaller) =>
  all.database.$executeRaw`UPDATE push_deliveries SET due_at = clock_timestamp() WHERE user_id = ${userId}`;
/** When a person's delivery is due; a minute from now while it is tried. */
const dueInMs = async (caller: UserCaller) => ((await waiting(caller))[0]?.dueAt.getTime() ?? 0) - Date.now();
const arrived = (browser: Browser, title: string) =>
  eventually(async () => expect(await titles(browser)).toEqual([title]));

test('a notification is pushed to the browsers of its person, encrypted for each, and to no other', async () => {
  const { caller, browser } = await somebody();
  const [second, stranger] = [await newBrowser(), await somebody()];
  await register(caller, second);
  await tell(caller);
  await arrived(browser, 'Booked: Arrival');
  await arrived(second, 'Booked: Arrival');
  const [{ id } = { id: '' }] = await all.database.notification.findMany({ where: { userId: caller.userId } });
  for (const received of await browser.messages()) {
    expect(received).toMatchObject({
      content: { id, body: expect.stringContaining('Seat C7'), about: { type: 'BOOKING', id: 'lon_bkg_1' } },
      ...{ urgency: 'normal', sender: 'mailto:push@marquee.test' },
    });
  }
  expect(await stranger.browser.messages()).toEqual([]);
  await eventually(async () => expect(await waiting(caller)).toEqual([]));
});

test('a push is written in the language of its person', async () => {
  const { caller, browser } = await somebody();
  locales[caller.userId] = 'de-AT';
  await tell(caller);
  await eventually(async () => expect(await titles(browser)).toEqual(['Gebucht: Arrival']));
});

test.each([404, 410])('an endpoint that the service answers %i for is ended', async (status) => {
  const { caller, browser } = await somebody();
  await browser.answer({ status });
  await tell(caller);
  await eventually(async () => expect(await endpointsOf(caller)).toEqual([]));
  expect(await waiting(caller)).toEqual([]);
});

test('what is too large for a service is sent again, cut', async () => {
  const { caller, browser } = await somebody();
  await browser.answer({ maxBytes: 610 });
  await tell(caller, 'A title '.repeat(20));
  await eventually(async () => expect(await titles(browser)).toHaveLength(1));
  expect((await browser.messages())[0]?.content.body).toMatch(/…$/);
});

test.each([{ status: 500 }, { hangs: true }])('a message is kept while a service %o, and arrives', async (answer) => {
  const { caller, browser } = await somebody(await openPushService());
  await browser.answer(answer);
  await tell(caller);
  await eventually(async () => expect(await waiting(caller)).toMatchObject([{ attempts: 1, isShort: false }]));
  await eventually(async () => expect(await dueInMs(caller)).toBeLessThan(30_000));
  await browser.answer({});
  await bringForward(caller);
  await arrived(browser, 'Booked: Arrival');
  await eventually(async () => expect(await waiting(caller)).toEqual([]));
});

test('an endpoint that wants to be left alone is, for as long as it says, and others of its service are sent to', async () => {
  const subscribe = await openPushService();
  const [{ caller, browser }, other] = [await somebody(subscribe), await somebody(subscribe)];
  await browser.answer({ status: 429, retryAfter: 3_600 });
  await tell(caller);
  await eventually(async () => expect(await dueInMs(caller)).toBeGreaterThan(1_800_000));
  await tell(other.caller);
  await arrived(other.browser, 'Booked: Arrival');
  expect(await waiting(caller)).toMatchObject([{ attempts: 1 }]);
});

test('a service that again and again accepts nothing is left alone for minutes, and others are sent to meanwhile', async () => {
  const subscribe = await openPushService();
  const [{ caller, browser }, other] = [await somebody(subscribe), await somebody(subscribe)];
  const elsewhere = await somebody();
  const host = { where: { host: new URL(browser.input.endpoint).host } };
  await browser.answer({ status: 429, retryAfter: 86_400 });
  for (const failures of [1, 2, 3]) {
    await tell(caller, 'Arrival', `lon_bkg_${failures}`);
    await eventually(async () => expect(await all.database.pushHost.findMany(host)).toMatchObject([{ failures }]));
  }
  const [known] = await all.database.pushHost.findMany(host);
  expect((known?.pausedUntil.getTime() ?? 0) - Date.now()).toBeLessThan(301_000);
  await Promise.all([tell(other.caller), tell(elsewhere.caller)]);
  await arrived(elsewhere.browser, 'Booked: Arrival');
  expect(await other.browser.messages()).toEqual([]);
  expect(await waiting(other.caller)).toMatchObject([{ attempts: 0 }]);
  await all.database.pushHost.updateMany({ data: { pausedUntil: new Date() } });
  await arrived(other.browser, 'Booked: Arrival');
});

test('a service that fails again and again is left alone until it has had time', async () => {
  const { caller, browser } = await somebody(await openPushService());
  await browser.answer({ status: 503 });
  const host = { where: { host: new URL(browser.input.endpoint).host } };
  const pauseOf = async () =>
    ((await all.database.pushHost.findMany(host))[0]?.pausedUntil.getTime() ?? 0) - Date.now();
  for (const failures of [1, 2, 3]) {
    await tell(caller, 'Arrival', `lon_bkg_${failures}`);
    await eventually(async () => expect(await all.database.pushHost.findMany(host)).toMatchObject([{ failures }]));
    expect((await pauseOf()) > 5_000).toBe(failures === 3);
  }
});

test('who signs out, unsubscribes, or leaves the browser to another person is pushed nothing any more', async () => {
  const [out, off, left] = [await somebody(), await somebody(), await somebody()];
  const next = user();
  const { userId, sessionId } = out.caller;
  const until = new Date(Date.now() + 600_000).toISOString();
  await all.deliver('account.session-revoked', { userId, sessionId, until });
  // An access token is good for a while longer.
  expect(await all.execute(REGISTER, out.caller, { input: out.browser.input })).toMatchObject({
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
  expect(await all.execute(UNREGISTER, off.caller, { id: off.endpointId })).toEqual({
    data: { unregisterPushEndpoint: { endpointId: off.endpointId } },
  });
  expect(await register(next, left.browser)).not.toBe(left.endpointId);
  for (const { caller } of [out, off, left]) {
    expect(await endpointsOf(caller)).toEqual([]);
    await tell(caller);
    expect(await waiting(caller)).toEqual([]);
  }
  await tell(next);
  await arrived(left.browser, 'Booked: Arrival');
});

test('endpoints are their person’s own to see and to end', async () => {
  const { caller, endpointId, browser } = await somebody();
  const of = [{ __typename: 'User', id: caller.userId }];
  const host = new URL(browser.input.endpoint).host;
  expect(await all.execute(ENDPOINTS, caller, { of })).toEqual({
    data: { _entities: [{ pushEndpoints: [{ id: endpointId, host }] }] },
  });
  const refused = { errors: [{ extensions: { code: 'FORBIDDEN' } }] };
  expect(await all.execute(ENDPOINTS, user(), { of })).toMatchObject(refused);
  const unknown = { errors: [{ extensions: { code: 'NOT_FOUND' } }] };
  expect(await all.execute(UNREGISTER, user(), { id: endpointId })).toMatchObject(unknown);
  const anonymous = { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };
  const { input } = browser;
  expect(await all.execute(REGISTER, { kind: 'anonymous' }, { input })).toMatchObject(anonymous);
  expect(await all.execute(UNREGISTER, { kind: 'anonymous' }, { id: endpointId })).toMatchObject(anonymous);
});

test.each([
  ['endpoint', { endpoint: 'https://10.0.0.1/push' }],
  ['p256dh', { p256dh: `B${'A'.repeat(86)}` }],
  ['auth', { auth: 'short' }],
])('a subscription with a bad %s is refused, and names it', async (field, change) => {
  const input = { ...(await newBrowser()).input, ...change };
  expect(await all.execute(REGISTER, user(), { input })).toMatchObject({
    errors: [{ extensions: { code: 'BAD_USER_INPUT', field: `input.${field}` } }],
  });
});

const refunded = ({ userId }: UserCaller) =>
  all.deliver('payment.refunded', {
    ...{ refundId: newId('ref'), paymentId: 'pay_1', bookingId: null, customerId: userId },
    ...{ amount: { amount: 500, currency: 'GBP' }, method: 'CARD' as const },
  });

test('what comes after five pushes of a kind in an hour is one digest, later, and what is urgent comes at once', async () => {
  const { caller, browser, endpointId } = await somebody();
  const sent = (count: number) => Array.from({ length: count }, () => new Date());
  await all.database.pushPace.create({ data: { endpointId, kind: 'PAYMENT', sent: sent(5) } });
  await Promise.all([refunded(caller), refunded(caller)]);
  const inAnHour = async () => (await waiting(caller)).filter(({ dueAt }) => dueAt.getTime() - Date.now() > 3_500_000);
  await eventually(async () => expect(await inAnHour()).toMatchObject([{ attempts: 0 }, { attempts: 0 }]));
  await tell(caller);
  await arrived(browser, 'Booked: Arrival');
  // The first of the five is an hour old.
  await all.database.pushPace.updateMany({ where: { endpointId }, data: { sent: sent(4) } });
  await bringForward(caller);
  await eventually(async () => expect(await titles(browser)).toContain('2 notices about your payments'));
  await eventually(async () => expect(await waiting(caller)).toEqual([]));
});

test('the topic of a message says nothing of it, nor which browsers have the same', async () => {
  const [one, other] = [await somebody(), await somebody()];
  await Promise.all([tell(one.caller), tell(other.caller)]);
  const topics: unknown[] = [];
  for (const { browser } of [one, other]) {
    await eventually(async () => expect(await browser.messages()).not.toEqual([]));
    topics.push((await browser.messages())[0]?.topic);
  }
  const hash = createHash('sha256').update('booking lon_bkg_1').digest('base64url').slice(0, 32);
  expect(new Set([...topics, hash]).size).toBe(3);
});
