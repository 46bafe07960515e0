import { randomBytes } from 'node:crypto';
import { AesSecretBox, resealColumn } from '@marquee/database';
import { ANONYMOUS } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { totpLabel } from '../src/domain/totp.ts';
import { sealed } from '../src/sealed.ts';
import { callerOf, freshEmail, openAccounts, openAnother, REGISTER, registered, tokensOf } from './harness.ts';

const newKey = () => randomBytes(32).toString('base64url');
const boxOf = (...keys: string[]) => new AesSecretBox(keys.map((key) => Buffer.from(key, 'base64url')));
const PERSON = { password: 'correct horse battery', displayName: 'Ada' };

test('after a rotation everything opens with the new key alone, and nobody was signed out', async () => {
  const [old, next] = [newKey(), newKey()];
  const before = await openAccounts({ settings: { encryptionKey: old } });
  const person = await registered(before);
  const { userId } = person.caller;
  const secret = Buffer.from(boxOf(old).seal(totpLabel(userId), Buffer.from('of the app')));
  await before.database.totpDevice.create({ data: { userId, secret, startedAt: new Date() } });

  const withKey = (encryptionKey: string) => openAnother(before, { settings: { encryptionKey } });
  const early = await withKey(next);
  const refused = await early.execute(REGISTER, ANONYMOUS, { input: { ...PERSON, email: freshEmail() } });
  expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });

  const both = await withKey(`${next},${old}`);
  const resealAll = async () => {
    let count = 0;
    for (const column of sealed.encryptionKey) count += await resealColumn(both.database, boxOf(next, old), column);
    return count;
  };
  expect(await resealAll()).toBeGreaterThanOrEqual(2);
  expect(await resealAll()).toBe(0);

  const after = await withKey(next);
  const answer = await after.field(REGISTER, { input: { ...PERSON, email: freshEmail() } });
  expect(await callerOf(before, tokensOf(answer).accessToken)).toMatchObject({ roles: ['CUSTOMER'] });
  expect(await callerOf(after, person.accessToken)).toMatchObject({ userId });
  const device = await after.database.totpDevice.findUniqueOrThrow({ where: { userId } });
  expect(Buffer.from(boxOf(next).open(totpLabel(userId), device.secret)).toString()).toBe('of the app');
  expect(() => boxOf(old).open(totpLabel(userId), device.secret)).toThrow(/No key opens/);
});
