import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';

import { apiOf } from '../src/composition.ts';

const supergraph = readFileSync(new URL('../supergraph.graphql', import.meta.url), 'utf8');

test('clients may register operations with @defer', () => {
  const api = buildSchema(apiOf(supergraph));
  expect(validate(api, parse('{ ... @defer(label: "later") { __typename } }'))).toEqual([]);
});
