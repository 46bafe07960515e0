import { getOperationAST, parse } from 'graphql';
import { expect, test } from 'vitest';

import { countCredentialFields } from '../src/index.ts';
import { schema } from './schema.ts';

test.each([
  ['mutation { rename(input: { id: 1 }) }', 0],
  ['mutation ($c: String!) { check(code: $c) }', 1],
  ['mutation ($c: String!) { a: check(code: $c) b: check(code: $c) }', 2],
  ['mutation ($i: SignIn!) { signIn(input: $i) ... { ...F ...F } } fragment F on Mutation { check(code: "1") }', 3],
  ['mutation { ...F } fragment F on Mutation { check(code: "1") ...F }', 1],
  ['{ search(text: "a") }', 0],
])('%s has %i root fields that take a credential', (query, count) => {
  const document = parse(query);
  const operation = getOperationAST(document, null);
  expect(operation && countCredentialFields(schema, document, operation)).toBe(count);
});
