import { expect, test } from 'vitest';

import { ask, Federation, type Service } from './fixtures/federate.ts';
import { title, TITLES } from './fixtures/titles.ts';

interface Representation {
  readonly id: string;
  readonly price: number;
  readonly weight: number;
  readonly category: { readonly average: number; readonly tag?: string };
}

const PRICES: Readonly<Record<string, number>> = { USD: 1, EUR: 2, CHF: 3 };

const SHIPPING: Readonly<Record<string, Service>> = {
  products: {
    typeDefs: `type Query { products: [Product] } type Mutation { touch: Product }
      type Product @key(fields: "id") { id: ID! price(currency: String! = "CHF"): Int weight: Int category: Category }
      type Category { average(currency: String!): Int tag: String }`,
    resolvers: {
      Query: { products: () => [{ id: '1' }, { id: '2' }] },
      Mutation: { touch: () => ({ id: '3' }) },
      Product: {
        price: ({ id }: { id: string }, { currency }: { currency: string }) =>
          Number(id) * 10 * (PRICES[currency] ?? Number.NaN),
        weight: ({ id }: { id: string }) => Number(id),
        category: () => ({ tag: 'tag' }),
      },
      Category: {
        average: (_: unknown, { currency }: { currency: string }) => 5 * (PRICES[currency] ?? Number.NaN),
      },
    },
  },
  shipping: {
    typeDefs: `type Product @key(fields: "id") {
        id: ID! weight: Int @external price(currency: String! = "CHF"): Int @external category: Category @external
        dollars(zone: Int): Int @requires(fields: "price(currency: \\"USD\\") weight")
        euros: Int @requires(fields: "price(currency: \\"EUR\\") weight")
        francs: Int @requires(fields: "price")
        cheap: Boolean @requires(fields: "category { average(currency: \\"USD\\") }")
        tagged: String @requires(fields: "category { average(currency: \\"EUR\\") tag }")
        stock: Int
      }
      type Category @external { average(currency: String!): Int tag: String }`,
    resolvers: {
      Product: {
        dollars: ({ price, weight }: Representation, { zone }: { zone?: number }) => price * weight + (zone ?? 0),
        euros: ({ price, weight }: Representation) => price * weight,
        francs: ({ price }: Representation) => price,
        cheap: ({ category }: Representation) => category.average < 6,
        tagged: ({ category: { average, tag } }: Representation) => `${average} ${tag}`,
        stock: ({ id }: Representation) => Number(id) + 100,
      },
    },
  },
};

test('fields that require one field with different arguments each get their own value', async () => {
  const federation = new Federation(SHIPPING);
  const engine = await federation.engine();
  const query = `query Q($zone: Int) {
    products { stock dollars(zone: $zone) inEuros: euros francs cheap tagged price(currency: "EUR") }
  }`;
  expect(await ask(engine, query, { variables: { zone: 7 } })).toEqual({
    data: {
      products: [
        { stock: 101, dollars: 17, inEuros: 20, francs: 30, cheap: true, tagged: '10 tag', price: 20 },
        { stock: 102, dollars: 47, inEuros: 80, francs: 60, cheap: true, tagged: '10 tag', price: 40 },
      ],
    },
  });
  const asked = federation.sent.filter(({ subgraph }) => subgraph === 'shipping');
  expect(asked.map(({ variables }) => Object.keys(variables).toSorted())).toEqual([
    ['entities0', 'entities1', 'entities2', 'zone'],
  ]);
});

test('the conflict is no other in a mutation, below fragments and under aliases', async () => {
  const engine = await new Federation(SHIPPING).engine();
  const query = `mutation { touch { ...F euros more: dollars(zone: 1) } }
    fragment F on Product { dollars ... on Product { price: stock } }`;
  expect(await ask(engine, query)).toEqual({ data: { touch: { dollars: 90, price: 103, euros: 180, more: 91 } } });
});

test('an entity is fetched by a key that the subgraph resolves, whichever it lists first', async () => {
  const NAMES: Readonly<Record<string, string>> = { a1: 'Ada', a2: 'Alan' };
  const part = (id: string) => ({ id, short: `${id}!`, composite: { one: `${id}1`, two: `${id}2`, three: `${id}3` } });
  const services: Record<string, Service> = {
    a: {
      typeDefs: `type A @key(fields: "id") @key(fields: "short", resolvable: false)
          @key(fields: "composite { one two }", resolvable: false)
          @key(fields: "id composite { two three }", resolvable: false) {
          id: ID! short: ID! composite: Composite! name: String! }
        type Composite { one: ID! two: ID! three: ID! }`,
      resolvers: { A: { __resolveReference: ({ id }: { id: string }) => ({ ...part(id), name: NAMES[id] }) } },
    },
    b: {
      typeDefs: `type Query { b: [A!]! }
        type A @key(fields: "composite { one two }", resolvable: false) @key(fields: "id composite { two three }")
          @key(fields: "short", resolvable: false) @key(fields: "id", resolvable: false) {
          id: ID! short: ID! composite: Composite! name: String! @external greeting: String! @requires(fields: "name") }
        type Composite { one: ID! two: ID! three: ID! }`,
      resolvers: {
        Query: { b: () => ['a1', 'a2'].map(part) },
        A: {
          greeting: ({ id, name, composite }: { id: string; name: string; composite: { three: string } }) =>
            `${id} ${composite.three} ${name}`,
        },
      },
    },
  };
  const engine = await new Federation(services).engine();
  expect(await ask(engine, '{ b { name greeting } }')).toEqual({
    data: {
      b: [
        { name: 'Ada', greeting: 'a1 a13 Ada' },
        { name: 'Alan', greeting: 'a2 a23 Alan' },
      ],
    },
  });
});

test.each([
  [
    '{ best { score } home { score } }',
    { best: { score: 'm1 Title m1 0' }, home: [{ score: 'c1 Title c1 0' }, { score: 'm1 Title m1 0' }] },
  ],
  ['{ home { ... on Movie { score } } }', { home: [{}, { score: 'm1 Title m1 0' }] }],
  [
    '{ titles { name ... on Movie { score } } }',
    { titles: [{ name: 'Title m1', score: 'm1 Title m1 0' }, { name: 'Title c1' }] },
  ],
  ['{ picks { ... on Concert { rank score } } }', { picks: [{}, { rank: 7, score: 'c1 Title c1 0' }] }],
  [
    '{ picks { ... on Movie { name } ... on Concert { score } } }',
    { picks: [{ name: 'Title m1' }, { score: 'c1 Title c1 0' }] },
  ],
  [
    '{ home { ... on Movie { a: score(scale: 1) } ... on Concert { a: score(scale: 2) } } }',
    { home: [{ a: 'c1 Title c1 2' }, { a: 'm1 Title m1 1' }] },
  ],
])('a field of an interface object may require others: %s', async (query, data) => {
  const engine = await new Federation(TITLES).engine();
  expect(await ask(engine, query)).toEqual({ data });
});

test('a field is fetched although others beside it lack what they require', async () => {
  const ids = ['m1', 'c1'];
  const services: Record<string, Service> = {
    catalog: {
      typeDefs: `type Query { titles: [Title!]! } interface Title { id: ID! maker: Maker }
        type Movie implements Title { id: ID! maker: Maker } type Concert implements Title { id: ID! maker: Maker }
        type Maker @key(fields: "id") { id: ID! name: String age: Int }`,
      resolvers: {
        Query: { titles: () => ids.map((id) => ({ ...title(id), maker: { id, name: `Maker ${id}`, age: 30 } })) },
      },
    },
    fans: {
      typeDefs: `type Maker @key(fields: "id") {
        id: ID! name: String @external age: Int @external fans: Int
        motto: String @requires(fields: "name") years: Int @requires(fields: "age") }`,
      resolvers: {
        Maker: {
          fans: () => 5,
          motto: ({ name }: { name: string }) => `I am ${name}`,
          years: ({ age }: { age: number }) => age,
        },
      },
    },
  };
  const engine = await new Federation(services).engine();
  expect(await ask(engine, '{ titles { maker { fans years } ... on Movie { maker { motto } } } }')).toEqual({
    data: { titles: [{ maker: { fans: 5, years: 30, motto: 'I am Maker m1' } }, { maker: { fans: 5, years: 30 } }] },
  });
});

const NODES: Readonly<Record<string, Service>> = {
  a: {
    typeDefs: `type Query { a: Node none: Node product: Product }
      interface Node @key(fields: "id", resolvable: false) { id: ID! }
      type Product @key(fields: "id") @interfaceObject { id: ID! }`,
    resolvers: {
      Query: { a: () => ({ __typename: 'Node', id: 'n1' }), none: () => null, product: () => ({ id: 'p1' }) },
    },
  },
  b: {
    typeDefs: `type Query { b: Node }
      type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! field: String }
      interface Product @key(fields: "id") { id: ID! name: String! }
      type Bread implements Product @key(fields: "id") { id: ID! name: String! }`,
    resolvers: {
      Query: { b: () => ({ id: 'n1', field: 'foo' }) },
      Product: { __resolveReference: ({ id }: { id: string }) => ({ __typename: 'Bread', id, name: 'Rye' }) },
    },
  },
};

test.each([
  ['{ b { id field } }', { b: { id: 'n1', field: 'foo' } }, false],
  ['{ b { field } }', { b: { field: 'foo' } }, false],
  ['{ b { __typename } }', { b: null }, true],
  ['{ b { __typename id } }', { b: null }, true],
  ['{ a { id } }', { a: null }, true],
  ['{ a { field } }', { a: null }, true],
  ['{ a { __typename } }', { a: null }, true],
  ['{ none { field __typename } }', { none: null }, false],
  ['{ product { id name } }', { product: { id: 'p1', name: 'Rye' } }, false],
  ['{ product { __typename ... on Bread { id } } }', { product: { __typename: 'Bread', id: 'p1' } }, false],
])('a non-resolvable key of an interface object is no way to its types: %s', async (query, data, hasErrors) => {
  const engine = await new Federation(NODES).engine();
  const { errors, ...response } = await ask(engine, query);
  expect({ ...response, hasErrors: errors !== undefined }).toEqual({ data, hasErrors });
});
