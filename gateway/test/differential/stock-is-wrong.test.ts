import { isDeepStrictEqual } from 'node:util';
import { beforeAll, expect, test } from 'vitest';

import { Oracle } from './oracle.ts';
import { SUPERGRAPHS } from './supergraphs.ts';

const keys = new Oracle(SUPERGRAPHS['keys, provides and requires'] ?? {});
const interfaces = new Oracle(SUPERGRAPHS['unions and interfaces'] ?? {});
const objects = new Oracle(SUPERGRAPHS['interface objects'] ?? {});
const abstract = new Oracle(SUPERGRAPHS['abstract types with few objects in common'] ?? {});

beforeAll(async () => {
  for (const oracle of [keys, interfaces, objects, abstract]) await oracle.start('with stock');
});

/** Not every seed's world shows the defect. */
const WORLDS = 30;

/** The executors that differ from the plain schema in at least one world. */
async function wrongOnes(oracle: Oracle, query: string, variables: Record<string, unknown> = {}): Promise<string[]> {
  const operation = { query, variables };
  const wrong = new Set<string>();
  for (let seed = 0; seed < WORLDS; seed++) {
    oracle.arrange({ seed });
    const plain = oracle.plain(operation);
    if (!isDeepStrictEqual(await oracle.ours(operation), plain)) wrong.add('ours');
    const stock = await oracle.stock(operation).catch((error: unknown) => ({ data: String(error) }));
    if (JSON.stringify(stock.data) !== plain.text) wrong.add('stock');
  }
  return [...wrong];
}

test('an alias with the name of a key does not become the key (spec 2.7 Field Alias)', async () => {
  expect(await wrongOnes(keys, '{ users { id: name email: nickname reviews { stars } } }')).toEqual(['stock']);
});

test('an alias called __typename does not become the type (spec 2.7 Field Alias)', async () => {
  expect(await wrongOnes(interfaces, '{ people { __typename: name pets { id } } }')).toEqual(['stock']);
});

test('an argument in @requires is not the client’s argument (spec 6.4.1 Coercing Field Arguments)', async () => {
  expect(await wrongOnes(keys, '{ top { price(currency: "USD") shipping } }')).toEqual(['stock']);
});

test('a skipped field affects no other field (spec 3.13.1 @skip)', async () => {
  const query = 'query ($no: Boolean!) { top { warehouse { code } packing @include(if: $no) } }';
  expect(await wrongOnes(keys, query, { no: false })).toEqual(['stock']);
  expect(await wrongOnes(keys, '{ top { warehouse { code } packing @include(if: false) } }')).not.toContain('ours');
});

test('an object keeps its type when an interface object adds fields (spec 6.4.3 Value Completion)', async () => {
  expect(await wrongOnes(objects, '{ ranking { ... on Movie { rating { average } sponsored } } }')).toEqual(['stock']);
});

test.each([
  '{ noted { ... on Thing { id } } }',
  '{ noted { ... on Choice { ... on Ticket { price } } } }',
  '{ noted { ...F id } } fragment F on Choice { ... on Subject { ... on Ticket { remark } } ... on Hall { label } }',
  '{ noted { note ... on Priced { price ... on Offer { ... on Ticket { remark } ... on Seat { row } } } } }',
])('fragments on other abstract types select from an interface object (spec 5.5.2.3.4): %s', async (query) => {
  expect(await wrongOnes(abstract, query)).toEqual(['stock']);
});

test('a null in a non-null field is an error of the response (spec 6.4.4 Handling Execution Errors)', async () => {
  const distort = ({ data }: { data?: unknown }): void => {
    const users = (data as { users?: { name: unknown }[] } | undefined)?.users;
    if (users?.[0] !== undefined) users[0].name = null;
  };
  keys.arrange({ seed: 3, distort });
  const operation = { query: '{ me { id } users { name } }', variables: {} };
  const { errors, data } = await keys.ours(operation);
  expect(data).toBeNull();
  expect(errors).toEqual([
    {
      message: 'Cannot return null for non-nullable field User.name.',
      path: ['users', 0, 'name'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', traceId: 'trace' },
    },
  ]);
  expect((await keys.stock(operation)).errors).toBeUndefined();
});

test('an error has the path of its own field (spec 7.1.2 Errors)', async () => {
  for (let seed = 0; seed < 40; seed++) {
    interfaces.arrange({ seed, failures: 0.3 });
    const operation = { query: '{ titled { title ... on Video { score } } }', variables: {} };
    const plain = interfaces.plain(operation);
    const paths = (errors: typeof plain.errors) => (errors ?? []).map(({ path }) => (path ?? []).join('.')).toSorted();
    const ours = await interfaces.ours(operation);
    expect(paths(ours.errors)).toEqual(paths(plain.errors));
  }
});
