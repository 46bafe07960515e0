import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';

import { assertSignature } from './webhook-signature.ts';

const now = new Date('2027-01-31T18:00:00Z');
const body = '{"id":"evt_1"}';
const seconds = now.getTime() / 1000;
const sign = (t: number, text = body, secret = 'whsec'): string =>
  createHmac('sha256', secret).update(`${t}.${text}`).digest('hex');
const check =
  (signature: string | undefined, text = body) =>
  () =>
    assertSignature({ headers: { 'marquee-signature': signature }, body: text }, 'whsec', now);

test('a webhook signed within five minutes is accepted', () => {
  for (const t of [seconds, seconds - 299, seconds + 299]) expect(check(`t=${t},v1=${sign(t)}`)).not.toThrow();
});

test('one valid signature of two is enough, so that the secret can be rotated', () => {
  expect(check(`t=${seconds},v1=${sign(seconds, body, 'old')},v1=${sign(seconds)}`)).not.toThrow();
});

test.each([
  ['none', undefined],
  ['an empty one', ''],
  ['no time', `v1=${sign(seconds)}`],
  ['no signature', `t=${seconds}`],
  ['an empty signature', `t=${seconds},v1=`],
  ['a short signature', `t=${seconds},v1=${sign(seconds).slice(0, 20)}`],
  ['another secret', `t=${seconds},v1=${sign(seconds, body, 'other')}`],
  ['another time', `t=${seconds + 1},v1=${sign(seconds)}`],
  ['a stale time', `t=${seconds - 301},v1=${sign(seconds - 301)}`],
  ['a future time', `t=${seconds + 301},v1=${sign(seconds + 301)}`],
  ['an unknown scheme', `t=${seconds},v0=${sign(seconds)}`],
])('a webhook with %s is rejected', (_what, signature) => {
  expect(check(signature)).toThrow(/webhook/);
});

test('a webhook with an altered body is rejected', () => {
  expect(check(`t=${seconds},v1=${sign(seconds)}`, `${body} `)).toThrow(/signature is wrong/);
});
