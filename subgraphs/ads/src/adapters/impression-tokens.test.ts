import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';

import { ImpressionTokens } from './impression-tokens.ts';

const [present, next] = [randomBytes(32), randomBytes(32)];
const id = randomUUID();

test('a token gives its placement back, and nothing when a bit of it is another', () => {
  const tokens = new ImpressionTokens([present]);
  const token = tokens.tokenFor(id);
  expect(tokens.placementIn(token)).toBe(id);
  const bytes = Buffer.from(token, 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const forged = Buffer.from(bytes);
    forged[at] = (forged[at] ?? 0) ^ 1;
    expect(tokens.placementIn(forged.toString('base64url'))).toBeNull();
  }
  for (const text of ['', 'x', token.slice(2), `${token}AA`, '%%%']) expect(tokens.placementIn(text)).toBeNull();
});

test('while a key is replaced, both its tokens and those of the next are accepted; then its own are not', () => {
  const [before, during, after] = [[present], [next, present], [next]].map((keys) => new ImpressionTokens(keys));
  const old = before?.tokenFor(id) ?? '';
  expect(during?.placementIn(old)).toBe(id);
  expect(new ImpressionTokens([present, next]).placementIn(during?.tokenFor(id) ?? '')).toBe(id);
  expect(after?.placementIn(old)).toBeNull();
});
