import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';

import { shrink } from './shrink.ts';

const SCHEMA = buildSchema(`
  type Query { things(first: Int): [Thing] }
  interface Thing { id: ID! next: Thing size(unit: String): Int }
  type Small implements Thing { id: ID! next: Thing size(unit: String): Int }
`);

test('an operation that fails becomes the smallest valid one that still does', async () => {
  const query = `query ($unit: String, $first: Int, $no: Boolean!) {
    a: things(first: $first) { id ...F next { next { ... on Small { b: size(unit: $unit) @skip(if: $no) id } } } }
    things { __typename }
  } fragment F on Thing { id next { id } }`;
  const fails = async ({ query: smaller }: { query: string }): Promise<boolean> =>
    /next[^]*size\(unit: \$unit\)/.test(smaller);
  const smallest = await shrink(SCHEMA, { query, variables: { unit: 'cm', first: 1, no: false } }, fails);
  expect(validate(SCHEMA, parse(smallest.query))).toEqual([]);
  expect(smallest.query.replaceAll(/\s+/g, ' ')).toBe(
    'query ($unit: String) { things { next { next { size(unit: $unit) } } } }',
  );
});
