import { expect, test } from 'vitest';

import { WeakPasswordError } from '../errors.ts';
import { assertStrongPassword } from './password.ts';

test.each(['too short', 'Password123', 'aaabbbaaabbb', 'ada@example.com', 'ADA@example.com', 'x'.repeat(201)])(
  'the password %j is rejected',
  (password) => {
    expect(() => assertStrongPassword(password, 'ada@example.com')).toThrow(WeakPasswordError);
  },
);

test('a password of 200 characters is accepted', () => {
  expect(() =>
    assertStrongPassword('correct horse battery '.repeat(10).slice(0, 200), 'ada@example.com'),
  ).not.toThrow();
});

test.each(['marquee-demo-1', 'correct horse battery', 'пароль мой длинный', '🎭🎬🎟️🍿🎪🎨🎹🎻🎺🎷'])(
  'the password %j is accepted',
  (password) => {
    expect(() => assertStrongPassword(password, 'ada@example.com')).not.toThrow();
  },
);
