import { Prisma } from '@marquee/prisma-notifications';
import { expect, test } from 'vitest';

import { PreferenceRepository } from '../src/adapters/preferences.ts';
import { fill, openNotifications } from './harness.ts';

const ACCOUNTS = { kind: 'service', name: 'accounts' } as const;
const QUERY = 'query ($id: ID!) { personalData(userId: $id) }';

/** The rows of a person in each table that has any. */
async function rowsOf(userId: string, { database }: Awaited<ReturnType<typeof openNotifications>>) {
  const tables = await database.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'user_id' ORDER BY table_name`;
  const counts = await Promise.all(
    tables.map(async ({ name }) => {
      const of = Prisma.sql`SELECT FROM ${Prisma.raw(`"${name}"`)} WHERE user_id = ${userId}`;
      return [name, await database.$executeRaw(of)] as const;
    }),
  );
  return Object.fromEntries(counts);
}

test('a person gets everything about them, and nothing of it is left when they are erased', async () => {
  const all = await openNotifications();
  const { database } = all;
  await fill(all, 'usr_1', 2);
  await fill(all, 'usr_2', 1);
  await all.deliver('account.sign-in-attempted', { userId: 'usr_1', factor: 'PASSWORD' });
  const userId = 'usr_1';
  const endpoint = {
    id: 'psh_1',
    userId,
    sessionId: 'ses_1',
    endpoint: 'https://push.example/1',
    host: 'push.example',
  };
  await database.pushEndpoint.create({ data: { ...endpoint, p256dh: 'secret-key', auth: 'secret-auth' } });
  const amount = { amount: 500, currency: 'GBP' };
  await all.deliver('payment.refunded', {
    ...{ refundId: 'ref_1', paymentId: 'pay_1', bookingId: null, customerId: userId, amount, method: 'CARD' },
  });
  const address = Buffer.from('hash');
  await database.$transaction([
    database.notificationPreference.create({ data: { userId, kind: 'BOOKING', channels: ['PUSH'] } }),
    database.quietHours.create({ data: { userId, fromTime: new Date('1970-01-01T22:00Z'), untilTime: new Date(0) } }),
    database.reminder.create({ data: { id: 'rem_1', userId, titleId: 'ttl_1', cityId: 'cty_lon' } }),
    database.noticeKey.create({ data: { userId, key: 'reminder' } }),
    database.outgoingMail.create({ data: { id: 'mail_1', kind: 'BOOKING', userId } }),
    database.sentMail.create({ data: { id: 'mail_2', userId, address } }),
    database.suppressedAddress.create({ data: { userId, address, reason: 'BOUNCED' } }),
  ]);
  const { data } = await all.execute(QUERY, ACCOUNTS, { id: userId });
  const exported = String((data as { personalData: unknown }).personalData);
  expect(exported).not.toMatch(/secret-/);
  expect(JSON.parse(exported)).toMatchObject({
    notifications: [{ kind: 'ACCOUNT' }, { title: '£5.00 refunded' }, { title: 'Title 0' }, { title: 'Title 1' }],
    channels: [{ kind: 'BOOKING', channels: ['PUSH'] }],
    quietHours: [{ from: '22:00', until: '00:00' }],
    browsers: [{ pushService: 'push.example' }],
    waitsFor: [{ titleId: 'ttl_1', cityId: 'cty_lon' }],
    mails: [{ sentAt: expect.any(String) }],
    addressWithoutMail: [{ reason: 'BOUNCED' }],
  });
  const before = await rowsOf(userId, all);
  expect(
    Object.entries(before)
      .filter(([, rows]) => rows === 0)
      .map(([name]) => name),
  ).toEqual([]);
  for (const time of [1, 2]) {
    await all.deliver('account.erased', { userId });
    const after = await rowsOf(userId, all);
    expect(
      Object.values(after).every((rows) => rows === 0),
      `time ${time}`,
    ).toBe(true);
  }
  await all.deliver('account.sign-in-attempted', { userId, factor: 'PASSWORD' });
  await new PreferenceRepository(database).turnOff({ userId, kind: 'BOOKING' }, 'EMAIL', ['EMAIL']);
  expect(Object.values(await rowsOf(userId, all)).filter((rows) => rows > 0)).toEqual([]);
  expect((await rowsOf('usr_2', all))['notifications']).toBe(1);
});
