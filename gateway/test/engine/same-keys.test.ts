import { expect, test } from 'vitest';

import { ask, Federation } from './fixtures/federate.ts';

const nameOf =
  (field: string) =>
  ({ id }: { id: string }) =>
    `${field} of ${id}`;

/** One response key may stand for different fields, as long as no object has both (spec 5.3.2). */
const FEED = {
  content: {
    typeDefs: `
      type Query { feed: [Item!]! } union Item = Post | Video
      type Post { id: ID! author: Person } type Video { id: ID! author: Person }
      type Person @key(fields: "id") { id: ID! }
    `,
    resolvers: {
      Query: {
        feed: () => [
          { __typename: 'Post', id: 'post', author: { id: 'p1' } },
          { __typename: 'Video', id: 'video', author: { id: 'p2' } },
        ],
      },
      Item: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
    },
  },
  people: {
    typeDefs: `type Person @key(fields: "id") { id: ID! name: String nickname: String friends(first: Int): [String] }`,
    resolvers: {
      Person: {
        name: nameOf('name'),
        nickname: nameOf('nickname'),
        friends: (_: unknown, { first }: { first: number }) => Array.from({ length: first }, (_each, index) => index),
      },
    },
  },
};

test('an alias of different fields on different types resolves each in its place', async () => {
  const engine = await new Federation(FEED).engine();
  const query = '{ feed { ... on Post { author { as: name } } ... on Video { author { as: nickname } } } }';
  expect(await ask(engine, query)).toEqual({
    data: { feed: [{ author: { as: 'name of p1' } }, { author: { as: 'nickname of p2' } }] },
  });
});

test('a field with different arguments on different types gets each in its place', async () => {
  const engine = await new Federation(FEED).engine();
  const query =
    '{ feed { ... on Post { author { friends(first: 1) } } ... on Video { author { friends(first: 2) } } } }';
  expect(await ask(engine, query)).toEqual({
    data: { feed: [{ author: { friends: ['0'] } }, { author: { friends: ['0', '1'] } }] },
  });
});

test('an entity at two places has at each the fields selected there', async () => {
  const services = {
    start: {
      typeDefs: `
        type Query { first: Thing second: Step }
        type Step @key(fields: "id") { id: ID! } type Thing @key(fields: "id") { id: ID! }
      `,
      resolvers: { Query: { first: () => ({ id: 't' }), second: () => ({ id: 's' }) } },
    },
    steps: {
      typeDefs: `type Step @key(fields: "id") { id: ID! next: Step thing: Thing } type Thing @key(fields: "id") { id: ID! }`,
      resolvers: { Step: { thing: () => ({ id: 't' }) } },
    },
    more: {
      typeDefs: `type Step @key(fields: "id") { id: ID! more: Step2 } type Step2 @key(fields: "id") { id: ID! }`,
      resolvers: { Step: { more: () => ({ id: 's2' }) } },
    },
    later: {
      typeDefs: `type Step2 @key(fields: "id") { id: ID! thing: Thing } type Thing @key(fields: "id") { id: ID! }`,
      resolvers: { Step2: { thing: () => ({ id: 't' }) } },
    },
    things: {
      typeDefs: `type Thing @key(fields: "id") { id: ID! part: Part } type Part @key(fields: "id") { id: ID! }`,
      resolvers: { Thing: { part: () => ({ id: 'p' }) } },
    },
    parts: {
      typeDefs: `type Part @key(fields: "id") { id: ID! known: String unknown: String list(first: Int): [Item] } type Item { a: Int b: Int }`,
      resolvers: {
        Part: {
          known: () => 'known',
          unknown: () => null,
          list: (_: unknown, { first }: { first: number }) => [{ a: first === 1 ? 1 : null, b: 7 }],
        },
      },
    },
  };
  const engine = await new Federation(services).engine();
  const query = `{
    first { part { as: known list(first: 1) { a } } }
    second { more { thing { part { as: unknown list(first: 2) { a } } } } }
  }`;
  expect(await ask(engine, query)).toEqual({
    data: {
      first: { part: { as: 'known', list: [{ a: 1 }] } },
      second: { more: { thing: { part: { as: null, list: [{ a: null }] } } } },
    },
  });
});

test("the client's arguments are not used for a field that @requires selects without arguments", async () => {
  const services = {
    products: {
      typeDefs: `type Query { product: Product } type Product @key(fields: "id") {
        id: ID! price(currency: String = "EUR"): Int size: Size } type Size { width(unit: String = "CM"): Int }`,
      resolvers: {
        Query: { product: () => ({ id: 1 }) },
        Product: {
          price: (_: unknown, { currency }: { currency: string }) => (currency === 'EUR' ? 10 : 11),
          size: () => ({}),
        },
        Size: { width: (_: unknown, { unit }: { unit: string }) => (unit === 'CM' ? 100 : 40) },
      },
    },
    shipping: {
      typeDefs: `
        type Product @key(fields: "id") {
          id: ID! price(currency: String = "EUR"): Int @external size: Size @external
          shipping: Int @requires(fields: "price") packing: Int @requires(fields: "size { width }")
        }
        type Size { width(unit: String = "CM"): Int @external }
      `,
      resolvers: {
        Product: {
          shipping: ({ price }: { price: number }) => price * 100,
          packing: ({ size }: { size: { width: number } }) => size.width,
        },
      },
    },
  };
  const engine = await new Federation(services).engine();
  const query = '{ product { price(currency: "USD") size { width(unit: "INCH") } shipping packing } }';
  expect(await ask(engine, query)).toEqual({
    data: { product: { price: 11, size: { width: 40 }, shipping: 1000, packing: 100 } },
  });
});
