import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';

import { newToken } from './token.ts';

test('a token has 256 random bits and says what it is for', () => {
  const sizes: number[] = [];
  const random = (size: number) => {
    sizes.push(size);
    return randomBytes(size);
  };
  const tokens = [newToken('refresh', random), newToken('refresh', random)];
  for (const token of tokens) expect(token).toMatch(/^refresh_[\w-]{43}$/);
  expect([new Set(tokens).size, sizes]).toEqual([2, [32, 32]]);
});
