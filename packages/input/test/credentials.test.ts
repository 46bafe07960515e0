import type { GraphQLObjectType } from 'graphql';
import { expect, test } from 'vitest';

import { credentialFields } from '../src/index.ts';
import { schema } from './schema.ts';

test.each([
  ['Query', []],
  ['Mutation', ['signIn', 'check']],
])('of %s, %j take a credential in an argument or in an input object', (type, names) => {
  expect([...credentialFields(schema.getType(type) as GraphQLObjectType)]).toEqual(names);
});
