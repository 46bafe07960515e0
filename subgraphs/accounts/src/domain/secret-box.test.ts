import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { secretBox } from './secret-box.ts';

const key = randomBytes(32);
const box = secretBox(key, randomBytes);
const secret = Buffer.from('a secret');

const REFUSED = /unable to authenticate|no sealed secret/;

test('a sealed secret opens under its own label', () => {
  expect(Buffer.from(box.open('totp:usr_1', box.seal('totp:usr_1', secret)))).toEqual(secret);
});

test('the same secret is sealed differently each time', () => {
  expect(box.seal('totp:usr_1', secret)).not.toEqual(box.seal('totp:usr_1', secret));
});

test('it opens neither under another label nor with another key', () => {
  const sealed = box.seal('totp:usr_1', secret);
  expect(() => box.open('totp:usr_2', sealed)).toThrow(REFUSED);
  expect(() => secretBox(randomBytes(32), randomBytes).open('totp:usr_1', sealed)).toThrow(REFUSED);
});

test('it does not open when a single bit was changed, or bytes are missing', () => {
  const sealed = box.seal('totp:usr_1', secret);
  for (let byte = 0; byte < sealed.length; byte += 1) {
    const changed = Uint8Array.from(sealed, (value, index) => (index === byte ? value ^ 1 : value));
    expect(() => box.open('totp:usr_1', changed)).toThrow(REFUSED);
  }
  expect(() => box.open('totp:usr_1', sealed.subarray(0, 20))).toThrow(REFUSED);
  expect(() => box.open('totp:usr_1', new Uint8Array())).toThrow(REFUSED);
});

test('a key of another length is refused', () => {
  expect(() => secretBox(randomBytes(16), randomBytes)).toThrow(/32 bytes/);
});
