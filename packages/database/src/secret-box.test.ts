import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';

import { AesSecretBox } from './secret-box.ts';

const key = randomBytes(32);
const box = new AesSecretBox(key);
const secret = Buffer.from('a secret');

const REFUSED = /unable to authenticate|not a sealed secret|No key opens/;

test('a sealed secret opens with its label', () => {
  expect(Buffer.from(box.open('totp:usr_1', box.seal('totp:usr_1', secret)))).toEqual(secret);
});

test('sealing a secret twice gives different bytes', () => {
  expect(box.seal('totp:usr_1', secret)).not.toEqual(box.seal('totp:usr_1', secret));
});

test('a sealed secret does not open with another label or another key', () => {
  const sealed = box.seal('totp:usr_1', secret);
  expect(() => box.open('totp:usr_2', sealed)).toThrow(REFUSED);
  expect(() => new AesSecretBox(randomBytes(32)).open('totp:usr_1', sealed)).toThrow(REFUSED);
});

test('a sealed secret does not open after one bit changed or bytes were cut off', () => {
  const sealed = box.seal('totp:usr_1', secret);
  for (let byte = 0; byte < sealed.length; byte += 1) {
    const changed = Uint8Array.from(sealed, (value, index) => (index === byte ? value ^ 1 : value));
    expect(() => box.open('totp:usr_1', changed)).toThrow(REFUSED);
  }
  expect(() => box.open('totp:usr_1', sealed.subarray(0, 20))).toThrow(REFUSED);
  expect(() => box.open('totp:usr_1', new Uint8Array())).toThrow(REFUSED);
});

test('a box seals with its first key, and opens what any of them or the first version has sealed', () => {
  const other = randomBytes(32);
  const both = new AesSecretBox([other, key]);
  expect(both.open('totp:usr_1', box.seal('totp:usr_1', secret))).toEqual(secret);
  expect(new AesSecretBox(other).open('totp:usr_1', both.seal('totp:usr_1', secret))).toEqual(secret);
  const sealed = box.seal('totp:usr_1', secret);
  const first = Buffer.concat([Buffer.of(1), sealed.subarray(5)]);
  expect(both.open('totp:usr_1', first)).toEqual(secret);
});
