import { expect, test } from 'vitest';
import { enrolmentOf, stepOf } from './totp.ts';

/** The secret of RFC 6238's test vectors; their codes end with the six digits used here. */
const SECRET = Buffer.from('12345678901234567890');
const at = (seconds: number) => new Date(seconds * 1000);

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('the code of RFC 6238 for second %i is right', (seconds, code) => {
  expect(stepOf(code, SECRET, at(seconds))).toBe(Math.floor(seconds / 30));
});

test('a code of the neighbouring step is right and told by its own step, one further away is wrong', () => {
  expect(stepOf('287082', SECRET, at(59 + 30))).toBe(1);
  expect(stepOf('287082', SECRET, at(29))).toBe(1);
  expect(stepOf('287082', SECRET, at(59 + 60))).toBeNull();
});

test('blanks in a code do not matter, anything else does', () => {
  expect(stepOf(' 287 082 ', SECRET, at(59))).toBe(1);
  for (const code of ['', '28708', '2870822', '28708x', '٢٨٧٠٨٢']) expect(stepOf(code, SECRET, at(59))).toBeNull();
});

test('an app is given the secret, the issuer and whose it is', () => {
  const { secret, otpauthUri } = enrolmentOf(SECRET, 'ada@example.com');
  expect(secret).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  const uri = new URL(otpauthUri);
  expect(decodeURIComponent(uri.pathname)).toBe('/Marquee:ada@example.com');
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({ issuer: 'Marquee', secret, digits: '6', period: '30' });
});
