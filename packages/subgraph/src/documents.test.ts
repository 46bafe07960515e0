import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';

import { Documents } from './documents.ts';

test('a document is parsed once, until others with a million characters together are used', () => {
  const documents = new Documents(buildSchema('type Query { a: Int }'));
  const first = documents.prepare('{ a }');
  expect(documents.prepare('{ a }')).toBe(first);
  for (let sent = 0; sent < 16; sent += 1) documents.prepare(`{ a } # ${sent} ${'x'.repeat(60_000)}`);
  expect(documents.prepare('{ a }')).toBe(first);
  for (let sent = 0; sent < 18; sent += 1) documents.prepare(`{ a } # ${sent} ${'y'.repeat(60_000)}`);
  expect(documents.prepare('{ a }')).not.toBe(first);
});

test('no document, and one that is larger than all that is kept, are prepared like others', () => {
  const documents = new Documents(buildSchema('type Query { a: Int }'));
  expect(documents.prepare('').errors).toHaveLength(1);
  const large = `{ a } # ${'x'.repeat(1_100_000)}`;
  expect(documents.prepare(large).document).toBeDefined();
  expect(documents.prepare(large)).not.toBe(documents.prepare(large));
});
