import { expect, test } from 'vitest';

import { isGuessable } from '../adapters/guessable-passwords.ts';
import { WeakPasswordError } from '../errors.ts';
import { assertStrongPassword } from './password.ts';

const ADA = { email: 'ada.lovelace@example.com', displayName: 'Ada Lovelace' };
const judged = (password: string) => assertStrongPassword({ isGuessable }, password, ADA);

test.each(['too short', 'aaabbbaaabbb', 'x'.repeat(201), 'x9'.repeat(100)])('%j is refused', async (password) => {
  await expect(judged(password)).rejects.toThrow(WeakPasswordError);
});

test.each(['Password123', 'P@ssw0rd123!', 'iloveyou12345', 'qwertyuiop123', '123qwe456asd', 'liverpool1234'])(
  '%j is refused: it is like a password that leaked',
  async (password) => {
    await expect(judged(password)).rejects.toThrow(/leaked elsewhere/);
  },
);

test.each(['ada.lovelace@example.com', 'ADA.LOVELACE@example.com', 'Lovelace2027!', 'marquee12345'])(
  '%j is refused: it is made of the person’s words, or ours',
  async (password) => {
    await expect(judged(password)).rejects.toThrow(WeakPasswordError);
  },
);

test.each(['marquee-demo-1', 'correct horse battery', 'пароль мой длинный', '🎭🎬🎟️🍿🎪🎨🎹🎻🎺🎷'])(
  '%j is accepted',
  async (password) => {
    await expect(judged(password)).resolves.toBeUndefined();
  },
);

test('a password of 200 characters is accepted', async () => {
  const words = 'correct horse battery staple by the river where nobody ever goes in winter because the path is long ';
  await expect(judged((words + words).slice(0, 200))).resolves.toBeUndefined();
});
