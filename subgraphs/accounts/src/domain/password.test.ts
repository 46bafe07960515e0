import { expect, test, vi } from 'vitest';
import { WeakPasswordError } from '../errors.ts';
import { argon2Passwords, refuseWeakPassword } from './password.ts';

const passwords = argon2Passwords();

test('a password matches its hash alone, and nothing matches no hash', async () => {
  const hash = await passwords.hash('correct horse battery');
  expect(await passwords.matches('correct horse battery', hash)).toBe(true);
  expect(await passwords.matches('correct horse batterz', hash)).toBe(false);
  expect(await passwords.matches('correct horse battery', null)).toBe(false);
  expect(await passwords.matches('a password that nobody has', null)).toBe(false);
});

test('how a keyboard composes a letter does not matter', async () => {
  const hash = await passwords.hash('Zu\u0308rich ist schön');
  expect(await passwords.matches('Zürich ist scho\u0308n', hash)).toBe(true);
});

test('what is too long to be anybody’s password is not even brought into its normal form', async () => {
  const [hash, ofNothing] = [await passwords.hash('correct horse battery'), await passwords.hash('')];
  const normalize = vi.spyOn(String.prototype, 'normalize');
  expect(await passwords.matches('\ufdfa'.repeat(1_001), hash)).toBe(false);
  expect(await passwords.matches('\ufdfa'.repeat(1_001), ofNothing)).toBe(false);
  expect(normalize).not.toHaveBeenCalled();
  normalize.mockRestore();
});

test.each(['too short', 'Password123', 'aaabbbaaabbb', 'ada@example.com', 'ADA@example.com', 'x'.repeat(201)])(
  'the password %j is refused',
  (password) => {
    expect(() => refuseWeakPassword(password, 'ada@example.com')).toThrow(WeakPasswordError);
  },
);

test.each(['marquee-demo-1', 'correct horse battery', 'пароль мой длинный', '🎭🎬🎟️🍿🎪🎨🎹🎻🎺🎷'])(
  'the password %j is accepted',
  (password) => {
    expect(() => refuseWeakPassword(password, 'ada@example.com')).not.toThrow();
  },
);
