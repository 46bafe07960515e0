import { expect, test, vi } from 'vitest';

import { Argon2Passwords } from './passwords.ts';

const passwords = new Argon2Passwords();

test('a password matches its own hash only, and never an absent one', async () => {
  const hash = await passwords.hash('correct horse battery');
  expect(await passwords.matches('correct horse battery', hash)).toBe(true);
  expect(await passwords.matches('correct horse batterz', hash)).toBe(false);
  expect(await passwords.matches('correct horse battery', null)).toBe(false);
  expect(await passwords.matches('a password that nobody has', null)).toBe(false);
});

test('a password matches however the keyboard composes its letters', async () => {
  const hash = await passwords.hash('Zu\u0308rich ist schön');
  expect(await passwords.matches('Zürich ist scho\u0308n', hash)).toBe(true);
});

test('a password that is too long never matches and is not normalized', async () => {
  const [hash, ofNothing] = [await passwords.hash('correct horse battery'), await passwords.hash('')];
  const normalize = vi.spyOn(String.prototype, 'normalize');
  expect(await passwords.matches('\ufdfa'.repeat(1_001), hash)).toBe(false);
  expect(await passwords.matches('\ufdfa'.repeat(1_001), ofNothing)).toBe(false);
  expect(normalize).not.toHaveBeenCalled();
  normalize.mockRestore();
});
