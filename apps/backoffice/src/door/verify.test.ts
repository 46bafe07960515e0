import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

import { expect, test } from 'vitest';

import { readCode, showInCode } from './code.ts';
import { type GateList, judge } from './verify.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const keyId = createHash('sha256')
  .update(publicKey.export({ type: 'spki', format: 'der' }))
  .digest('base64url')
  .slice(0, 8);
const UUID = '0123456789abcdef0123456789abcdef';
const showId = `lon_shw_${UUID}`;
const show = Buffer.from(UUID, 'hex').toString('base64url');
const ticket = Buffer.from(UUID.toUpperCase(), 'hex').toString('base64url');

function code(
  version: number,
  { of = show, key = privateKey, by = keyId }: { of?: string; key?: KeyObject; by?: string } = {},
): string {
  const content = `MQ2.${by}.lon.${ticket}.${of}.${version}`;
  return `${content}.${sign(null, Buffer.from(content), key).toString('base64url')}`;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

const list: GateList = {
  showId,
  publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  generatedAt: '2026-12-04T17:00:00Z',
  validUntil: '2026-12-04T22:00:00Z',
  tickets: [
    { id: 't1', code: hash(code(1)), status: 'ISSUED' },
    { id: 't2', code: hash(code(2)), status: 'CHECKED_IN' },
  ],
};

test('a code names its show by its UUID, or by the name of a show of the seed', () => {
  expect(showInCode(showId)).toBe(show);
  expect(showInCode('lon_shw_opening_night')).toBe('~opening_night');
  expect(readCode(code(7))).toMatchObject({ keyId, show });
});

test('a code of the list admits once', async () => {
  expect(await judge(code(1), list)).toEqual({ kind: 'admit', ticketId: 't1' });
  expect(await judge(code(2), list)).toEqual({ kind: 'used', ticketId: 't2' });
});

test('a signed code that is not in the list is told from a forged one', async () => {
  expect(await judge(code(3), list)).toEqual({ kind: 'notListed' });
  const forged = generateKeyPairSync('ed25519').privateKey;
  expect(await judge(code(3, { key: forged }), list)).toEqual({ kind: 'unknown' });
  expect(await judge(code(3, { by: 'a-former' }), list)).toEqual({ kind: 'notListed' });
});

test('another show and another text are refused', async () => {
  expect(await judge(code(1, { of: '~matinee' }), list)).toEqual({ kind: 'wrongShow' });
  expect(await judge('https://example.com', list)).toEqual({ kind: 'unknown' });
});
