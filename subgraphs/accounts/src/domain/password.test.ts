import { expect, test } from 'vitest';

import { WeakPasswordError } from '../errors.ts';
import { assertStrongPassword } from './password.ts';

test.each(['too short', 'Password123', 'aaabbbaaabbb', 'ada@example.com', 'ADA@example.com', 'x'.repeat(201)])(
  'the password %j is rejected',
  (password) => {
    expect(() => assertStrongPassword(password, 'ada@example.com')).toThrow(WeakPasswordError);
  },
);

test.each(['marquee-demo-1', 'correct horse battery', 'пароль мой длинный', '🎭🎬🎟️🍿🎪🎨🎹🎻🎺🎷'])(
  'the password %j is accepted',
  (password) => {
    expect(() => assertStrongPassword(password, 'ada@example.com')).not.toThrow();
  },
);
