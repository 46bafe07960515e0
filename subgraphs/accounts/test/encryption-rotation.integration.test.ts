import { randomBytes } from 'node:crypto';
import { AesSecretBox } from '@marquee/database';
import { ANONYMOUS, rotateKeys } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { totpLabel } from '../src/domain/totp.ts';
import { sealed } from '../src/sealed.ts';
import {
  type AccountsHarness,
  callerOf,
  CHANGE_PASSWORD,
  freshEmail,
  LOGIN,
  openAnother,
  PASSWORD,
  REFRESH,
  REGISTER,
  registered,
  tokensOf,
} from './harness.ts';
import { type Mailbox, mailSettings, openAccountsWithMail } from './mailbox.ts';

const newKey = () => randomBytes(32).toString('base64url');
const keysOf = (text: string) => text.split(',').map((key) => new Uint8Array(Buffer.from(key, 'base64url')));
const PERSON = { password: PASSWORD, displayName: 'Ada' };
const HOME = { address: '192.0.2.7', userAgent: 'Firefox' };
const NEXT = newKey();

let first: AccountsHarness;
let mailbox: Mailbox;
let old: string;
beforeAll(async () => {
  const { mailbox: opened, ...harness } = await openAccountsWithMail();
  [first, mailbox, old] = [harness, opened, String(harness.settings['encryptionKey'])];
});
afterAll(() => mailbox.stop());

const process = (encryptionKey: string, mailUrl = 'smtp://127.0.0.1:1') =>
  openAnother(first, { settings: { ...mailSettings(mailUrl), encryptionKey } });
const rotate = (encryptionKey: string) => {
  const settings = { encryptionKey: keysOf(encryptionKey) };
  return rotateKeys('accounts', sealed, { client: first.database, settings });
};
const register = (at: AccountsHarness, email = freshEmail()) =>
  at.field(REGISTER, { input: { ...PERSON, email } }, { device: HOME });

test('a key is replaced in two steps, while processes of both steps serve the same people', async () => {
  const person = await registered(first, { device: HOME });
  const { userId } = person.caller;
  const secret = Buffer.from(new AesSecretBox(keysOf(old)).seal(totpLabel(userId), Buffer.from('of the app')));
  await first.database.totpDevice.create({ data: { userId, secret, startedAt: new Date() } });
  expect((await rotate(old)).at(-1)).toMatch(/add a new one behind it/);

  const [before, after] = [await process(`${old},${NEXT}`), await process(`${NEXT},${old}`)];
  expect((await rotate(`${old},${NEXT}`)).at(-1)).toMatch(/if one of them is new, put it first/);

  // Each signs in who registered at the other, and exchanges a refresh token as the other did.
  const email = freshEmail();
  const there = tokensOf(await register(after, email));
  expect(await callerOf(before, there.accessToken)).toMatchObject({ roles: ['CUSTOMER'] });
  for (const [one, other] of [
    [before, after],
    [after, before],
  ] as const) {
    const { refreshToken } = tokensOf(
      await one.field(LOGIN, { input: { email, password: PASSWORD } }, { device: HOME }),
    );
    const exchanged = tokensOf(await one.field(REFRESH, { refreshToken }));
    expect(tokensOf(await other.field(REFRESH, { refreshToken })).refreshToken).toBe(exchanged.refreshToken);
  }
  expect(await first.database.knownDevice.count({ where: { user: { email } } })).toBe(2);

  expect((await rotate(`${NEXT},${old}`)).at(-1)).toMatch(/run this again, once every process has the keys/);
  expect((await rotate(`${NEXT},${old}`)).at(-1)).toMatch(/if the others are former ones, take them away/);
  const alone = await process(NEXT);
  expect(await callerOf(alone, person.accessToken)).toMatchObject({ userId });
  const { secret: anew } = await first.database.totpDevice.findUniqueOrThrow({ where: { userId } });
  const openedBy = (key: string) => Buffer.from(new AesSecretBox(keysOf(key)).open(totpLabel(userId), anew)).toString();
  expect(openedBy(NEXT)).toBe('of the app');
  expect(() => openedBy(old)).toThrow(/No key opens/);
});

test('a process that lacks a key which is still needed does not start', async () => {
  const stranger = await process(newKey());
  await expect(stranger.subgraph.start()).rejects.toThrow(/Add that key to ACCOUNTS_ENCRYPTION_KEY again, behind/);
  const refused = await stranger.execute(REGISTER, ANONYMOUS, { input: { ...PERSON, email: freshEmail() } });
  expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
});

test('a mail whose address a process cannot read waits for one that can, and holds up no other', async () => {
  const both = await process(`${NEXT},${old}`);
  const email = freshEmail();
  const caller = await callerOf(both, tokensOf(await register(both, email)).accessToken);
  const input = { currentPassword: PASSWORD, newPassword: 'battery horse staple' };
  await both.field(CHANGE_PASSWORD, { input }, { caller });
  // Only the first process sends, and it has the old key alone.
  await eventually(async () => expect(await mailbox.mailsTo(email)).toHaveLength(1));
  const waiting = () => first.database.outgoingMail.findMany({ where: { userId: caller.userId } });
  await eventually(async () => expect((await waiting()).map(({ attempts }) => attempts)).toEqual([1]));
  expect((await mailbox.mailsTo(email))[0]?.subject).toMatch(/address/);
});
