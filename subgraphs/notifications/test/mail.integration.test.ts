import { AesSecretBox } from '@marquee/database';
import { type MailLane, MailQueue } from '@marquee/mail';
import { newId } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { type Mailbox, openMailbox } from '@marquee/testkit/mailbox';
import { randomBytes } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { tellingIn } from '../src/telling.ts';
import { notify } from '../src/use-cases/notify.ts';
import { confirmed, type NotificationsHarness, openNotifications, type People, user } from './harness.ts';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const mailKey = randomBytes(32).toString('base64url');
const people: People = {};
let mailbox: Mailbox;
let all: NotificationsHarness;
let routes: FastifyInstance;

const settings = () => ({
  ...{ mailKey, mailUrl: mailbox.smtpUrl, mailIntervalMs: 20, mailWebhookSecret: SECRET },
  ...{ publicUrl: 'https://api.example', storefrontUrl: 'https://shop.example' },
});

beforeAll(async () => {
  mailbox = await openMailbox();
  all = await openNotifications({ people, settings: settings() });
  routes = fastify();
  all.subgraph.routes?.(routes);
  await all.subgraph.start();
});
afterAll(async () => {
  await routes.close();
  await mailbox.stop();
});

/** A person of whom accounts knows this. */
function someone(change: Partial<People[string]> = {}): { id: string; email: string } {
  const id = newId('usr');
  const email = change.email ?? `${id}@example.com`;
  people[id] = { ...change, email };
  return { id, email };
}

const refund = (customerId: string, change: object = {}) => ({
  ...{ refundId: newId('ref'), paymentId: 'pay_1', bookingId: 'lon_bkg_1', customerId, method: 'CARD' as const },
  ...{ amount: { amount: 500, currency: 'GBP' }, ...change },
});

/** Waits until nothing of a person is on its way, but for what waits on purpose. */
const settled = (userId: string) =>
  eventually(async () => {
    // The database's clock, which judges what is due, may be ahead of this one.
    const due = { userId, mailId: null, planAt: { lte: new Date(Date.now() + 5_000) } };
    expect(await all.database.mailNotice.count({ where: due })).toBe(0);
    expect(await all.database.outgoingMail.count({ where: { userId } })).toBe(0);
  });

test('a notice is mailed in the person’s language, with a link and with one click to end such mail', async () => {
  const { id, email } = someone({ locale: 'de-AT' });
  await all.deliver('booking.confirmed', confirmed(id));
  const [mail] = await mailbox.mailsTo(email);
  expect(mail).toMatchObject({ subject: 'Gebucht: Arrival', html: expect.stringContaining('Gebucht: Arrival') });
  expect(mail?.text).toContain('Buchungsnummer: lon_bkg_1');
  expect(mail?.text).toContain('Meine Tickets anzeigen');
  expect(mail?.text).toContain('https://shop.example/bookings/lon_bkg_1');
  expect(mail?.headers['list-unsubscribe']).toMatch(
    /^<https:\/\/api\.example\/pages\/notifications\/unsubscribe\?token=\S+>$/,
  );
  expect(mail?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
  const sent = await all.database.sentMail.findMany({ where: { userId: id } });
  expect(JSON.stringify(sent)).not.toContain(email);
});

test('what accounts mails itself, what nobody chose and what a mailbox may not be its reader’s is not mailed', async () => {
  const { id, email } = someone({ emailVerified: false });
  await all.deliver('account.security-changed', { userId: id, change: 'PASSWORD_CHANGED' });
  await all.deliver('payment.refunded', refund(id));
  await all.deliver('booking.confirmed', confirmed(id));
  await settled(id);
  expect((await mailbox.mailsTo(email)).map(({ subject }) => subject)).toEqual(['Booked: Arrival']);
  const quiet = someone();
  await all.database.notificationPreference.create({ data: { userId: quiet.id, kind: 'PAYMENT', channels: [] } });
  await all.deliver('payment.refunded', refund(quiet.id));
  await settled(quiet.id);
  expect(await mailbox.mailsTo(quiet.email, 0)).toEqual([]);
});

test('a mail that this process cannot write waits, and holds up no other', async () => {
  const both = [someone(), someone()] as const;
  const message = { key: 'refunded', values: { amount: { amount: 500, currency: 'GBP' }, method: 'CARD' } };
  await all.database.mailNotice.createMany({
    data: both.map(({ id }, at) => ({
      ...{ id: newId('ntf'), userId: id, kind: 'PAYMENT' as const, isUrgent: false, isBulk: true },
      message: at === 0 ? { key: 'ofTomorrow', values: {} } : message,
    })),
  });
  expect(await mailbox.mailsTo(both[1].email)).toHaveLength(1);
  await eventually(async () => {
    const [waiting] = await all.database.outgoingMail.findMany({ where: { userId: both[0].id } });
    expect(waiting).toMatchObject({ lane: 'BULK', attempts: 1 });
  });
});

test('many notices of a kind become one digest, and what comes after waits', async () => {
  const { id, email } = someone();
  const message = (amount: number) => ({
    key: 'refunded',
    values: { amount: { amount, currency: 'GBP' }, method: 'CARD' },
  });
  const many = Array.from({ length: 5 }, (_, at) => at);
  await all.database.mailNotice.createMany({
    data: many.map((at) => ({
      ...{ id: newId('ntf'), userId: id, kind: 'PAYMENT' as const, message: message(100 * (at + 1)) },
      ...{ isUrgent: false, isBulk: false },
    })),
  });
  const [digest] = await mailbox.mailsTo(email);
  expect(digest?.subject).toBe('5 notices about your payments');
  for (const at of many) expect(digest?.text).toContain(`• £${at + 1}.00 refunded`);
  await all.deliver('payment.refunded', refund(id));
  await all.deliver('payment.refunded', refund(id));
  await mailbox.mailsTo(email, 3);
  await all.deliver('payment.refunded', refund(id));
  await settled(id);
  expect(await mailbox.mailsTo(email)).toHaveLength(3);
  const waiting = await all.database.mailNotice.findMany({ where: { userId: id, mailId: null } });
  expect(waiting).toHaveLength(1);
  expect(waiting[0]?.planAt.getTime()).toBeGreaterThan(Date.now() + 50 * 60_000);
});

describe('quiet hours', () => {
  const SET = `mutation ($hours: QuietHoursInput) { setQuietHours(hours: $hours) { quietHours { from until } } }`;
  /** An hour before and an hour after now, on the clocks of UTC. */
  const around = () => {
    const at = (ms: number) => new Date(Date.now() + ms).toISOString().slice(11, 16);
    return { from: at(-3_600_000), until: at(3_600_000) };
  };

  test('keep what can wait until they end or are ended, and nothing else', async () => {
    const { id, email } = someone({ timeZone: 'UTC' });
    const hours = around();
    const set = await all.execute(SET, user(id), { hours });
    expect(set).toEqual({ data: { setQuietHours: { quietHours: hours } } });
    await all.deliver('payment.refunded', refund(id));
    await all.deliver('booking.confirmed', confirmed(id));
    await settled(id);
    expect((await mailbox.mailsTo(email)).map(({ subject }) => subject)).toEqual(['Booked: Arrival']);
    await all.execute(SET, user(id), { hours: null });
    expect((await mailbox.mailsTo(email, 2)).at(-1)?.subject).toBe('£5.00 refunded');
  });

  test('need a known time zone and an end, and are nobody else’s to read', async () => {
    const { id } = someone({ timeZone: null });
    const codes = async (hours: object) =>
      (await all.execute(SET, user(id), { hours })).errors?.map(({ extensions }) => extensions?.['code']);
    expect(await codes({ from: '22:00', until: '07:00' })).toEqual(['BAD_USER_INPUT']);
    expect(await codes({ from: '07:00', until: '07:00' })).toEqual(['BAD_USER_INPUT']);
    expect(await codes({ from: '25:00', until: '07:00' })).toEqual(['BAD_USER_INPUT']);
    const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { quietHours { from } } } }';
    const asked = await all.execute(query, user(newId('usr')), { of: [{ __typename: 'User', id }] });
    expect(asked.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

test('bulk mail never stands before mail that somebody waits for', async () => {
  const { database } = await openNotifications();
  const queue = new MailQueue(database, new AesSecretBox(randomBytes(32)));
  const mail = (id: string, lane: MailLane) => ({ id, lane, kind: 'BOOKING', userId: 'usr_1' });
  await queue.addAll([mail('mail_1', 'BULK'), mail('mail_2', 'BULK'), mail('mail_3', 'TRANSACTIONAL')]);
  const claimed = [await queue.claim('TRANSACTIONAL', 10), await queue.claim('BULK', 10)];
  expect(claimed.map((mails) => mails.map(({ id }) => id).toSorted())).toEqual([['mail_3'], ['mail_1', 'mail_2']]);
});

describe('of several processes', () => {
  test('one mails each notice, once', async () => {
    const idle = await openNotifications({ people, settings: settings() });
    const { databaseUrl, database } = idle;
    const ids = Array.from({ length: 8 }, () => someone());
    for (const { id } of ids) await idle.deliver('payment.refunded', refund(id));
    const unplanned = () => database.mailNotice.findMany({ where: { mailId: null }, orderBy: { id: 'asc' } });
    const [first, second] = await Promise.all([unplanned(), unplanned()]);
    expect(first, 'control: reading alone gives each process the same notices').toEqual(second);
    const others = await Promise.all(
      Array.from({ length: 2 }, () => openNotifications({ people, settings: settings(), databaseUrl })),
    );
    await Promise.all([idle, ...others].map(({ subgraph }) => subgraph.start()));
    await eventually(async () => expect(await database.sentMail.count()).toBe(ids.length));
    for (const { email } of ids) expect(await mailbox.mailsTo(email)).toHaveLength(1);
  });

  test('what has a key is one mail, however many tell of it at once', async () => {
    const { id, email } = someone();
    const { database } = all;
    const key = 'reminder';
    const message = { key: 'holdExpiring', values: { titleName: 'Arrival', minutes: 2 } } as const;
    const notice = { userId: id, kind: 'BOOKING', bookingId: null, message, key } as const;
    const tellers = Array.from({ length: 6 });
    const isFree = async () => (await database.noticeKey.count({ where: { userId: id, key } })) === 0;
    const free = await Promise.all(tellers.map(isFree));
    expect(free.filter(Boolean), 'control: looking whether it was told lets all of them tell it').toHaveLength(6);
    const tell = () =>
      database.$sqlTransaction((tx) =>
        notify(
          tellingIn(tx, () => new Date()),
          [notice],
        ),
      );
    await Promise.all(tellers.map(tell));
    await settled(id);
    expect(await mailbox.mailsTo(email)).toHaveLength(1);
  });

  test('an event that comes twice is one mail', async () => {
    const { id, email } = someone();
    const event = { id: crypto.randomUUID() };
    const payload = confirmed(id);
    await Promise.all([all.emit('booking.confirmed', payload, event), all.emit('booking.confirmed', payload, event)]);
    await mailbox.mailsTo(email);
    await all.emit('booking.confirmed', confirmed(id, { titleName: 'Marker' }));
    await mailbox.mailsTo(email, 2);
    expect((await mailbox.mailsTo(email)).map(({ subject }) => subject)).toEqual(['Booked: Arrival', 'Booked: Marker']);
  });
});

describe('an address that bounces', () => {
  const notices = async (userId: string) =>
    (await all.database.notification.findMany({ where: { userId } })).map(({ message }) => message);
  const BOUNCED = expect.objectContaining({ key: 'mailBounced' });

  test('gets no more mail, which its person is told in the app once, until they have another one', async () => {
    const { id } = someone({ email: `${newId('usr')}@bounce.test` });
    await all.deliver('booking.confirmed', confirmed(id));
    await eventually(async () => expect(await notices(id)).toContainEqual(BOUNCED));
    await all.deliver('booking.confirmed', confirmed(id));
    await settled(id);
    expect((await notices(id)).filter((message) => (message as { key: string }).key === 'mailBounced')).toHaveLength(1);
    const email = `${id}@example.com`;
    people[id] = { email };
    await all.deliver('booking.confirmed', confirmed(id));
    expect(await mailbox.mailsTo(email)).toHaveLength(1);
  });

  const report = async (body: object, secret = SECRET) => {
    const payload = JSON.stringify(body);
    const now = new Date();
    const headers = {
      ...{ 'webhook-id': newId('evt'), 'webhook-timestamp': String(Math.floor(now.getTime() / 1000)) },
      'content-type': 'application/json',
    };
    const signature = new Webhook(secret).sign(headers['webhook-id'], now, payload);
    const url = '/webhooks/notifications/mail';
    const asked = { method: 'POST', url, payload, headers: { ...headers, 'webhook-signature': signature } } as const;
    return (await routes.inject(asked)).statusCode;
  };

  test('may be reported later by the mail provider, which signs what it says', async () => {
    const { id, email } = someone();
    await all.deliver('booking.confirmed', confirmed(id));
    const [mail] = await mailbox.mailsTo(email);
    const bounced = (type: string, message_id = mail?.headers['message-id']) => ({
      type: 'email.bounced',
      data: { message_id, bounce: { type } },
    });
    await settled(id);
    expect(await report(bounced('Permanent'), `whsec_${randomBytes(32).toString('base64')}`)).toBe(400);
    expect(await report({ nonsense: true })).toBe(400);
    expect(await report(bounced('Transient'))).toBe(200);
    expect(await report(bounced('Permanent', '<mail_unknown@x>'))).toBe(200);
    expect(await notices(id)).not.toContainEqual(BOUNCED);
    expect(await report(bounced('Permanent'))).toBe(200);
    expect(await report(bounced('Permanent'))).toBe(200);
    expect((await notices(id)).filter((message) => (message as { key: string }).key === 'mailBounced')).toHaveLength(1);
    await all.deliver('booking.confirmed', confirmed(id));
    await settled(id);
    expect(await mailbox.mailsTo(email)).toHaveLength(1);
    // Verified again: mail arrives there.
    await all.deliver('account.email-verified', { userId: id });
    await all.deliver('booking.confirmed', confirmed(id));
    await settled(id);
    expect(await mailbox.mailsTo(email)).toHaveLength(2);
  });
});

test('one click ends mail of a kind without a login, and looking at the page does not', async () => {
  const { id, email } = someone({ locale: 'de' });
  await all.deliver('booking.confirmed', confirmed(id));
  const [mail] = await mailbox.mailsTo(email);
  const link = new URL(/<(.*)>/.exec(mail?.headers['list-unsubscribe'] ?? '')?.[1] ?? '');
  const path = `${link.pathname}${link.search}`;
  const page = await routes.inject({ url: path, headers: { 'accept-language': 'de-AT,de;q=0.9' } });
  expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('<button>Keine E-Mails mehr zu Ihren')]);
  expect(page.body).toMatch(/<p>Sie erhalten E-Mails zu Ihren .*, weil Ihre Einstellungen das vorsehen\.<\/p>/);
  const chosen = () => all.database.notificationPreference.findMany({ where: { userId: id } });
  expect(await chosen()).toEqual([]);
  const post = (url: string) =>
    routes.inject({
      ...{ method: 'POST', url, payload: 'List-Unsubscribe=One-Click' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  for (const time of [1, 2]) expect((await post(path)).statusCode, `time ${time}`).toBe(200);
  expect(await chosen()).toEqual([{ userId: id, kind: 'BOOKING', channels: ['IN_APP', 'PUSH'] }]);
  for (const broken of [`${path}x`, link.pathname, `${link.pathname}?token=a&token=b`])
    expect((await post(broken)).statusCode).toBe(404);
  await all.deliver('booking.confirmed', confirmed(id));
  await all.deliver('payment.refunded', refund(id));
  await settled(id);
  const subjects = (await mailbox.mailsTo(email)).map(({ subject }) => subject.replaceAll('\u00a0', ' '));
  expect(subjects).toEqual(['Gebucht: Arrival', '5,00 £ erstattet']);
});

test('a mail about the account’s security cannot be ended', async () => {
  const { id, email } = someone();
  await all.deliver('account.sign-in-attempted', { userId: id, factor: 'PASSWORD' });
  const [mail] = await mailbox.mailsTo(email);
  expect(mail?.subject).toBe('Somebody tried to sign in to your account');
  expect(mail?.headers['list-unsubscribe']).toBeUndefined();
});
