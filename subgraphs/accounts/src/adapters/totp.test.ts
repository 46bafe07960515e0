import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';

import { matchingStep, totpLabel } from '../domain/totp.ts';
import { AesSecretBox } from '@marquee/database';
import { otpauthTotp } from './totp.ts';

/** The secret of RFC 6238's test vectors, whose last six digits are the codes below. */
const SECRET = Buffer.from('12345678901234567890');
const secretBox = new AesSecretBox(randomBytes(32));
const userId = 'usr_1';
const sealedSecret = secretBox.seal(totpLabel(userId), SECRET);

const stepOf = (code: string, seconds: number) =>
  matchingStep({ secretBox, totp: otpauthTotp }, { userId, sealedSecret, code, at: new Date(seconds * 1000) });

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('the RFC 6238 code of second %i is correct', (seconds, code) => {
  expect(stepOf(code, seconds)).toBe(Math.floor(seconds / 30));
});

test('a code is accepted one step early or late, and counts as its own step', () => {
  expect(stepOf('287082', 59 + 30)).toBe(1);
  expect(stepOf('287082', 29)).toBe(1);
  expect(stepOf('287082', 59 + 60)).toBeNull();
});

test('a code may contain spaces and nothing else', () => {
  expect(stepOf(' 287 082 ', 59)).toBe(1);
  for (const code of ['', '28708', '2870822', '28708x', '٢٨٧٠٨٢']) expect(stepOf(code, 59)).toBeNull();
});

test('an enrolment carries the secret, the issuer and the account', () => {
  const { secret, otpauthUri } = otpauthTotp.enrolment(SECRET, 'ada@example.com');
  expect(secret).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  const uri = new URL(otpauthUri);
  expect(decodeURIComponent(uri.pathname)).toBe('/Marquee:ada@example.com');
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({ issuer: 'Marquee', secret, digits: '6', period: '30' });
});
