import { ERROR_CODES } from '@marquee/errors';
import type { GraphQLFormattedError } from 'graphql';
import { expect, test } from 'vitest';

import type { SubgraphRequest, SubgraphResponse } from '../../src/transports/subgraph-transport.ts';
import { ask, Federation, type Service } from './fixtures/federate.ts';
import { SHOP } from './fixtures/shop.ts';

/** The shop with one subgraph whose responses a test controls. */
function shopWith(subgraph: string, respond: NonNullable<Service['respond']>): Federation {
  const service = SHOP[subgraph];
  if (service === undefined) throw new Error(`There is no ${subgraph}`);
  return new Federation({ ...SHOP, [subgraph]: { ...service, respond } });
}

function failing(errors: SubgraphResponse['errors'] & object): (request: SubgraphRequest) => SubgraphResponse {
  return () => ({ data: null, errors });
}

const MASKED = { code: 'INTERNAL_SERVER_ERROR', traceId: 'trace-1' };

test('an unreachable subgraph makes only its own fields null, with an error at each of its entities', async () => {
  const federation = new Federation(SHOP);
  const engine = await federation.engine();
  federation.down.add('inventory');
  expect(await ask(engine, '{ list: topProducts { name inStock } me { name } }')).toEqual({
    data: {
      list: ['Table', 'Couch', 'Chair'].map((name) => ({ name, inStock: null })),
      me: { name: 'Ada' },
    },
    errors: [0, 1, 2].map((index) => ({
      message: ERROR_CODES.SUBGRAPH_UNAVAILABLE.message,
      path: ['list', index],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'inventory' },
    })),
  });
  federation.down.add('products');
  expect((await ask(engine, '{ alias: product(upc: "p1") { name } }')).errors).toMatchObject([{ path: ['alias'] }]);
});

test('an error without a path is one of each entity of its fetch', async () => {
  const engine = await shopWith('inventory', failing([{ message: 'x', extensions: { code: 'FORBIDDEN' } }])).engine();
  const { errors } = await ask(engine, '{ topProducts(first: 2) { stock: inStock } }');
  expect(errors?.map(({ path }) => path)).toEqual([
    ['topProducts', 0],
    ['topProducts', 1],
  ]);
});

test('two fetches that share a request each report the errors of their own entities', async () => {
  const services = {
    start: {
      typeDefs: `type Query { all: [Thing] one: Holder } type Thing @key(fields: "id") { id: ID! }
        type Holder { thing: Thing }`,
      resolvers: { Query: { all: () => [{ id: 't1' }, { id: 't2' }], one: () => ({ thing: { id: 't1' } }) } },
    },
    things: {
      typeDefs: 'type Thing @key(fields: "id") { id: ID! name: String }',
      resolvers: {
        Thing: {
          name: ({ id }: { id: string }) => {
            throw new Error(id);
          },
        },
      },
    },
  };
  const federation = new Federation(services);
  const engine = await federation.engine();
  const { errors } = await ask(engine, '{ all { name } one { thing { name } } }');
  expect(federation.sent.map(({ subgraph }) => subgraph)).toEqual(['start', 'things']);
  expect(errors?.map(({ path }) => path?.join('.')).toSorted()).toEqual(['all.0.name', 'all.1.name', 'one.thing.name']);
});

test.each([undefined, null, '', 7, {}])('an error whose message is %j has the message of its code', async (message) => {
  const error = { message, path: ['me'], extensions: { code: 'FORBIDDEN' } } as unknown as GraphQLFormattedError;
  const engine = await shopWith('accounts', failing([error])).engine();
  const { errors } = await ask(engine, '{ me { name } }');
  expect(errors).toEqual([{ message: ERROR_CODES.FORBIDDEN.message, path: ['me'], extensions: { code: 'FORBIDDEN' } }]);
});

test('an error with a public code is passed on, at the client’s path', async () => {
  const respond = (): SubgraphResponse => ({
    data: { _entities: [{ stock: true }, null, { stock: true }] },
    errors: [
      {
        message: 'Not yours',
        path: ['_entities', 1, 'stock'],
        extensions: { code: 'FORBIDDEN', stacktrace: ['at secret.ts'], serviceName: 'inventory' },
      },
    ],
  });
  const engine = await shopWith('inventory', respond).engine();
  expect(await ask(engine, '{ best: topProducts { stock: inStock } }')).toMatchObject({
    data: { best: [{ stock: true }, { stock: null }, { stock: true }] },
    errors: [{ message: 'Not yours', path: ['best', 1, 'stock'], extensions: { code: 'FORBIDDEN' } }],
  });
});

test.each(Object.entries(ERROR_CODES))(
  'of a subgraph, %s is passed on as it is or masked, as the table says',
  async (code, row) => {
    const error = { message: 'from a subgraph', path: ['me'], extensions: { code, subgraph: 'other' } };
    const engine = await shopWith('accounts', failing([error])).engine();
    const masked = { message: ERROR_CODES.INTERNAL_SERVER_ERROR.message, path: ['me'], extensions: MASKED };
    expect((await ask(engine, '{ me { name } }')).errors).toEqual([row.passesGateway ? error : masked]);
  },
);

test('any other error is masked, and its cause is reported to onMaskedError', async () => {
  const cause = { message: "password 'hunter2' is wrong", path: ['me'], extensions: { code: 'DATABASE', host: 'db1' } };
  const reported: unknown[] = [];
  const federation = shopWith('accounts', failing([cause]));
  const engine = await federation.engine({ onMaskedError: (masked) => reported.push(masked) });
  expect(await ask(engine, '{ me { name } }')).toEqual({
    data: { me: null },
    errors: [{ message: ERROR_CODES.INTERNAL_SERVER_ERROR.message, path: ['me'], extensions: MASKED }],
  });
  expect(reported).toEqual([{ subgraph: 'accounts', error: cause, traceId: 'trace-1' }]);
});

test('the error of an entity appears at each of its places', async () => {
  const respond = ({ variables }: SubgraphRequest): SubgraphResponse => ({
    data: { _entities: (variables['representations'] as unknown[]).map(() => null) },
    errors: [{ message: 'gone', path: ['_entities', 0], extensions: { code: 'NOT_FOUND' } }],
  });
  const engine = await shopWith('accounts', respond).engine();
  const { errors } = await ask(engine, '{ topProducts { reviews { author { name } } } }');
  expect(errors?.map(({ path }) => path)).toEqual([
    ['topProducts', 0, 'reviews', 0, 'author'],
    ['topProducts', 1, 'reviews', 0, 'author'],
  ]);
});

test.each<[string, unknown]>([
  ['no data', {}],
  ['data that is a list', { data: [] }],
  ['too few entities', { data: { _entities: [] } }],
  ['entities that are no list', { data: { _entities: 'x' } }],
  ['entities that are no objects', { data: { _entities: [1, 'two', [3]] } }],
  ['a path that is no path', { data: null, errors: [{ message: 'x', path: 'x' }] }],
  ['paths without end', { data: null, errors: [{ message: 'x', path: ['_entities', {}, null] }] }],
  ['an index that is out of bounds', { data: null, errors: [{ message: 'x', path: ['_entities', 99] }] }],
  ['errors without a message', { data: null, errors: [{}] }],
  ['errors that are null', { data: null, errors: null }],
  ['an error that is null', { data: null, errors: [null] }],
  ['errors that are no list', { data: null, errors: { message: 'x' } }],
])('a subgraph response of %s does not affect the other fields', async (_what, response) => {
  const engine = await shopWith('inventory', () => response as SubgraphResponse).engine();
  const answer = await ask(engine, '{ topProducts { name inStock } }');
  expect(answer.data).toEqual({
    topProducts: ['Table', 'Couch', 'Chair'].map((name) => ({ name, inStock: null })),
  });
  for (const { extensions } of answer.errors ?? []) expect(extensions).toEqual(MASKED);
});

test('a subgraph cannot reach the prototypes of the gateway', async () => {
  const text = `{"data": {"_entities": [
    {"__proto__": {"polluted": true}, "inStock": true, "constructor": {"prototype": {"polluted": true}}},
    {"inStock": false}, {"inStock": false}]}}`;
  const engine = await shopWith('inventory', () => JSON.parse(text) as SubgraphResponse).engine();
  const { data } = await ask(engine, '{ topProducts { inStock } }');
  expect(data).toEqual({ topProducts: [{ inStock: true }, { inStock: false }, { inStock: false }] });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('an invalid value is null with an error', async () => {
  const respond = (): SubgraphResponse => ({
    data: {
      topProducts: [
        { __typename: 'Product', name: 7, price: '12', weight: 2.5 },
        'x',
        null,
        { name: 'ok', price: 1, weight: 2 },
      ],
    },
  });
  const engine = await shopWith('products', respond).engine();
  const { data, errors } = await ask(engine, '{ topProducts { name price weight } }');
  expect(data).toEqual({
    topProducts: [{ name: null, price: null, weight: null }, null, null, { name: 'ok', price: 1, weight: 2 }],
  });
  expect(errors?.map(({ path }) => path?.join('.'))).toEqual([
    'topProducts.0.name',
    'topProducts.0.price',
    'topProducts.0.weight',
    'topProducts.1',
  ]);
});

test('a thrown bug becomes a masked error of the response', async () => {
  const engine = await new Federation(SHOP).engine({
    transportFor: () => ({
      execute: () => {
        throw new Error('secret');
      },
      subscribe: () => Promise.reject(new Error('secret')),
    }),
  });
  expect(await ask(engine, '{ me { name } }')).toEqual({
    data: null,
    errors: [{ message: ERROR_CODES.INTERNAL_SERVER_ERROR.message, extensions: MASKED }],
  });
});

test('an error’s path contains no field that only the plan needs', async () => {
  const fail = () => {
    throw new Error('broken');
  };
  const services = {
    products: {
      typeDefs: `type Query { top: [Product] } type Product @key(fields: "id") { id: ID! name: String secretWeight: Int @inaccessible maker: Maker @inaccessible }
        type Maker @key(fields: "id") @inaccessible { id: ID! }`,
      resolvers: {
        Query: { top: () => [{ id: 1, name: 'Chair' }] },
        Product: { secretWeight: fail, maker: () => ({ id: 2 }) },
      },
    },
    makers: {
      typeDefs: `type Maker @key(fields: "id") @inaccessible { id: ID! secretAge: Int }`,
      resolvers: { Maker: { secretAge: fail } },
    },
    shipping: {
      typeDefs: `type Product @key(fields: "id") { id: ID! secretWeight: Int @external maker: Maker @external
          shipping: Int @requires(fields: "secretWeight maker { secretAge }") }
        type Maker @key(fields: "id") @inaccessible { id: ID! secretAge: Int @external }`,
      resolvers: { Product: { shipping: () => 1 } },
    },
  };
  const federation = new Federation(services);
  const engine = await federation.engine();
  const answered = await ask(engine, '{ list: top { ...F } } fragment F on Product { name cost: shipping }');
  expect(answered.errors?.map(({ path }) => path)).toEqual([
    ['list', 0],
    ['list', 0],
  ]);
  federation.down.add('makers');
  const response = await ask(engine, '{ list: top { name cost: shipping } }');
  expect(JSON.stringify(response)).not.toMatch(/secret|maker"/);
});

test('null is no valid condition (spec 3.13.1 @skip)', async () => {
  const engine = await new Federation(SHOP).engine();
  const query = 'query ($hide: Boolean = true) { me { name @skip(if: $hide) } }';
  expect(await ask(engine, query, { variables: { hide: null } })).toEqual({
    errors: [{ message: expect.stringContaining('"$hide"'), extensions: { code: 'BAD_USER_INPUT', field: 'hide' } }],
  });
  expect(await ask(engine, query)).toEqual({ data: { me: {} } });
});

test('invalid variables are rejected before any fetch', async () => {
  const federation = new Federation(SHOP);
  const engine = await federation.engine();
  const response = await ask(engine, 'query ($upc: String!) { product(upc: $upc) { name } }', {
    variables: { upc: 7 },
  });
  expect(response).toEqual({
    errors: [
      expect.objectContaining({
        message: expect.stringContaining('Variable "$upc" got an invalid value: String'),
        extensions: { code: 'BAD_USER_INPUT', field: 'upc' },
      }),
    ],
  });
  expect(federation.sent).toEqual([]);
});
