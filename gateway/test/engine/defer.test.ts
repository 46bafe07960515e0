import { expect, test } from 'vitest';

import type { IncrementalFields, IncrementalPart } from '../../src/executor/incremental-part.ts';
import { RequestRejectedError } from '../../src/operation/operation-request.ts';
import { type Asked, contextOf, Federation, prepare, type Service } from './fixtures/federate.ts';
import { SHOP } from './fixtures/shop.ts';
import { TITLES } from './fixtures/titles.ts';

/** The parts of an operation, with the subgraphs that had been asked when each was there. */
async function inParts(federation: Federation, query: string, fields: IncrementalFields, asked: Asked = {}) {
  const engine = await federation.engine();
  const prepared = await prepare(engine, query, asked);
  const { first, rest } = await prepared.executeIncrementally(asked.variables, contextOf(asked), fields);
  const subgraphs = () => federation.sent.splice(0).map(({ subgraph }) => subgraph);
  const parts = [{ ...(JSON.parse(first.body) as object), asked: subgraphs() } as Record<string, unknown>];
  for await (const part of rest ?? []) parts.push({ ...plain(part), asked: subgraphs() });
  return parts;
}

function plain({ pending, incremental, completed, hasNext }: IncrementalPart): Record<string, unknown> {
  const entries = incremental.map(({ fragment, path, data, errors }) => ({
    label: fragment.label,
    path: path.join('.'),
    data: data && (JSON.parse(data.toString()) as unknown),
    ...(errors.length > 0 && {
      errors: errors.map((error) => `${error.path?.join('.')}: ${String(error.extensions?.['code'])}`),
    }),
  }));
  return { pending: pending.length, incremental: entries, completed: completed.length, hasNext };
}

const STOCK = '{ topProducts(first: 2) { name ... @defer(label: "stock") { inStock } } }';

test('the fetches of a deferred fragment begin after the first part', async () => {
  const [first, second] = await inParts(new Federation(SHOP), STOCK, 'collect');
  expect(first).toEqual({ data: { topProducts: [{ name: 'Table' }, { name: 'Couch' }] }, asked: ['products'] });
  expect(second).toMatchObject({ asked: ['inventory'], hasNext: false });
  expect(second?.['incremental']).toEqual([
    { label: 'stock', path: 'topProducts.0', data: { inStock: true } },
    { label: 'stock', path: 'topProducts.1', data: { inStock: false } },
  ]);
});

test('fields of the subgraph of the first part are deferred too', async () => {
  const [first, second] = await inParts(
    new Federation(SHOP),
    '{ product(upc: "p1") { upc ... @defer { name } } }',
    'collect',
  );
  expect(first).toEqual({ data: { product: { upc: 'p1' } }, asked: ['products'] });
  expect(second).toMatchObject({ incremental: [{ data: { name: 'Table' } }], asked: ['products'] });
});

test('a nested deferred fragment is announced by the part around it', async () => {
  const query =
    '{ product(upc: "p1") { upc ... @defer(label: "a") { reviews { body ... @defer(label: "b") { author { name } } } } } }';
  const [, second, third] = await inParts(new Federation(SHOP), query, 'collect');
  expect(second).toMatchObject({ hasNext: true, completed: 1 });
  expect(second?.['pending']).toBeGreaterThan(0);
  expect(third).toMatchObject({ completed: second?.['pending'], hasNext: false });
});

test('deferred fragments that fetch the same entities do not wait for each other', async () => {
  const level = 'reviews { id ... @defer { product { ... @defer { name ';
  const query = `{ users { ${level.repeat(4)} inStock ${'} } } }'.repeat(4)} } }`;
  const parts = await inParts(new Federation(SHOP), query, 'collect');
  expect(parts.at(-1)).toMatchObject({ hasNext: false });
});

test.each([
  ['leave-out', { name: 'Table', inStock: true }],
  ['collect', { inStock: true }],
] as const)('a field that the first part has is repeated or not (%s)', async (fields, data) => {
  const query = '{ product(upc: "p1") { name ... @defer { name inStock } } }';
  const [, second] = await inParts(new Federation(SHOP), query, fields);
  expect(second?.['incremental']).toMatchObject([{ data }]);
});

test('a fragment whose fields the first part has is not announced', async () => {
  const query = '{ product(upc: "p1") { name ... @defer { name } } }';
  expect(await inParts(new Federation(SHOP), query, 'collect')).toHaveLength(1);
});

test('a condition decides whether a fragment is deferred', async () => {
  const query = 'query ($later: Boolean) { product(upc: "p1") { upc ... @defer(if: $later) { inStock } } }';
  const deferred = async (variables: object) =>
    (await inParts(new Federation(SHOP), query, 'collect', { variables: { ...variables } })).length > 1;
  expect([await deferred({ later: true }), await deferred({ later: false }), await deferred({})]).toEqual([
    true,
    false,
    true,
  ]);
});

test('a mutation runs before its deferred fragments', async () => {
  const query = 'mutation { setPrice(upc: "p1", price: 5) { price ... @defer { name reviews { body } } } }';
  const [first, ...later] = await inParts(new Federation(SHOP), query, 'collect');
  expect(first).toEqual({ data: { setPrice: { price: 5 } }, asked: ['products'] });
  expect(later.at(-1)).toMatchObject({ hasNext: false, incremental: [{ data: { name: 'Table' } }] });
});

test('an unavailable subgraph fails only the fragments that need it', async () => {
  const federation = new Federation(SHOP);
  federation.down.add('inventory');
  const query =
    '{ product(upc: "p1") { name ... @defer(label: "a") { inStock } ... @defer(label: "b") { reviews { id } } } }';
  const parts = await inParts(federation, query, 'collect');
  expect(parts[0]).toEqual({ data: { product: { name: 'Table' } }, asked: ['products'] });
  const entries = parts.slice(1).flatMap(({ incremental }) => incremental as { label: string; errors?: string[] }[]);
  expect(entries.find(({ label }) => label === 'a')).toEqual({
    label: 'a',
    path: 'product',
    data: { inStock: null },
    errors: ['product: SUBGRAPH_UNAVAILABLE'],
  });
  expect(entries.find(({ label }) => label === 'b')).not.toHaveProperty('errors');
});

const STRICT: Readonly<Record<string, Service>> = {
  a: {
    typeDefs: 'type Query { items: [Item!]! } type Item @key(fields: "id") { id: ID! }',
    resolvers: { Query: { items: () => [{ id: '1' }, { id: '2' }] } },
  },
  b: {
    typeDefs: 'type Item @key(fields: "id") { id: ID! size: Int! }',
    resolvers: { Item: { size: ({ id }: { id: string }) => (id === '1' ? null : 7) } },
  },
};

test('null propagates to the deferred fragment and no further', async () => {
  const query = '{ items { id ... @defer { size } } }';
  const [first, second] = await inParts(new Federation(STRICT), query, 'leave-out');
  expect(first).toMatchObject({ data: { items: [{ id: '1' }, { id: '2' }] } });
  expect(second).toMatchObject({
    incremental: [
      { path: 'items.0', data: null, errors: ['items.0.size: INTERNAL_SERVER_ERROR'] },
      { path: 'items.1', data: { size: 7 } },
    ],
  });
});

test.each(['leave-out', 'collect'] as const)('when data is null, nothing is delivered later (%s)', async (fields) => {
  const parts = await inParts(new Federation(STRICT), '{ items { size } ... @defer { later: items { id } } }', fields);
  expect(parts).toMatchObject([{ data: null, errors: [{ path: ['items', 0, 'size'] }] }]);
});

test('a value that cannot be written fails only its fragment', async () => {
  const typeDefs = 'scalar Big type Query { item: Item } type Item { id: ID! size: Big name: String }';
  const execute = async () => ({ data: { item: { id: '1', size: [1n], name: 'Box' } } });
  const federation = new Federation({ a: { typeDefs } });
  federation.transportFor = () => ({ execute, subscribe: () => Promise.reject(new Error('not used')) });
  const query = '{ item { id } ... @defer(label: "a") { item { size } } ... @defer(label: "b") { item { name } } }';
  const [first, ...later] = await inParts(federation, query, 'leave-out');
  expect(first).toMatchObject({ data: { item: { id: '1' } } });
  expect(later.flatMap(({ incremental }) => incremental)).toEqual([
    { label: 'a', path: '', data: null, errors: [': INTERNAL_SERVER_ERROR'] },
    { label: 'b', path: '', data: { item: { name: 'Box' } } },
  ]);
});

test.each(['{ home { ... on Movie @defer { score } } }', '{ home { ... on Movie { ... @defer { score } } } }'])(
  'a field of an interface object that requires others is deferred: %s',
  async (query) => {
    const [first, second] = await inParts(new Federation(TITLES), query, 'collect');
    expect(first).toEqual({ data: { home: [{}, {}] }, asked: ['feed', 'catalog'] });
    expect(second).toMatchObject({
      incremental: [{ path: 'home.1', data: { score: 'm1 Title m1 0' } }],
      asked: ['catalog', 'ratings'],
    });
  },
);

test('a fragment that the planner cannot defer is fetched with the part around it', async () => {
  const services: Readonly<Record<string, Service>> = {
    a: {
      typeDefs:
        'type Query { box: Box } type Box @key(fields: "id") { id: ID! item: Item } type Item @key(fields: "id") { id: ID! size: Int }',
      resolvers: {
        Query: { box: () => ({ id: '1', item: { id: '2', size: 3 } }) },
        Box: { __resolveReference: () => ({ id: '1', item: { id: '2', size: 3 } }) },
      },
    },
    b: {
      typeDefs: 'type Item @key(fields: "id") { id: ID! size: Int @external label: String @requires(fields: "size") }',
      resolvers: { Item: { label: ({ size }: { size: number }) => `size ${size}` } },
    },
  };
  const query = '{ box { id ... @defer { item { id label } } } }';
  const parts = await inParts(new Federation(services), query, 'collect');
  expect(parts.at(-1)).toMatchObject({
    incremental: [{ data: { item: { id: '2', label: 'size 3' } } }],
    hasNext: false,
  });
});

test('when the request is cancelled, no further fetch begins', async () => {
  const federation = new Federation(SHOP);
  const engine = await federation.engine();
  const cancelled = new AbortController();
  const asked = { context: { signal: cancelled.signal } };
  const prepared = await prepare(engine, STOCK, asked);
  const { rest } = await prepared.executeIncrementally({}, contextOf(asked), 'collect');
  cancelled.abort();
  const parts: IncrementalPart[] = [];
  for await (const part of rest ?? []) parts.push(part);
  expect([parts, federation.sent.map(({ subgraph }) => subgraph)]).toEqual([[], ['products']]);
});

test.each([
  ['query ($l: String) { topProducts { ... @defer(label: $l) { name } } }', 'must be a string literal'],
  ['{ topProducts { ... @defer(label: "a") { name } ... @defer(label: "a") { price } } }', 'must be unique'],
  ['mutation { ... @defer { setPrice(upc: "p1", price: 1) { upc } } }', 'cannot be used on the root type "Mutation"'],
  ['subscription { reviewAdded { ... @defer { body } } }', 'not supported in subscriptions'],
  [
    'subscription { reviewAdded { ...Body } } fragment Body on Review { ... @defer { body } }',
    'not supported in subscriptions',
  ],
])('%s is rejected', async (query, message) => {
  const engine = await new Federation(SHOP).engine();
  const rejection = await Promise.resolve()
    .then(() => prepare(engine, query))
    .catch((error: unknown) => error);
  expect(rejection).toBeInstanceOf(RequestRejectedError);
  expect((rejection as RequestRejectedError).errors).toMatchObject([
    {
      message: expect.stringContaining(message),
      locations: expect.any(Array),
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    },
  ]);
});
