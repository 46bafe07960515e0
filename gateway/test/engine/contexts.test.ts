import { expect, test } from 'vitest';

import { ask, Federation, type Service } from './fixtures/federate.ts';

/** Prices depend on the currency of the shop around a product, which may be in several shops. */
const SHOPS: Readonly<Record<string, Service>> = {
  shops: {
    typeDefs: `type Query { shops: [Shop!]! shop(id: ID!): Shop }
      type Shop @key(fields: "id") @context(name: "shop") {
        id: ID! currency(short: Boolean): String rates: [Rate!] shelf: Shelf! }
      type Rate { percent: Int }
      type Shelf @key(fields: "id") { id: ID! products: [Product!]! }
      type Product @key(fields: "id") {
        id: ID!
        price(currency: String @fromContext(field: "$shop { currency(short: true) }"), times: Int): String
        taxes(rates: [Int] @fromContext(field: "$shop { rates { percent } }")): [Int]
      }`,
    resolvers: {
      Query: {
        shops: () => ['EUR', 'USD', 'EUR', 'none'].map((id) => ({ id })),
        shop: (_: unknown, { id }: { id: string }) => ({ id }),
      },
      Shop: {
        currency: ({ id }: { id: string }, { short }: { short?: boolean }) =>
          id === 'none' ? null : short === true ? id : `currency ${id}`,
        rates: ({ id }: { id: string }) => [{ percent: id.length }, { percent: 2 }],
        shelf: () => ({ id: 's' }),
      },
      Product: {
        price: ({ id }: { id: string }, { currency, times }: { currency: string; times?: number }) =>
          `${id} ${String(currency)} ${times ?? 1}`,
        taxes: (_: unknown, { rates }: { rates: number[] }) => rates,
      },
    },
  },
  shelves: {
    typeDefs: `type Shelf @key(fields: "id") { id: ID! best: [Product!]! } type Product @key(fields: "id") { id: ID! }`,
    resolvers: { Shelf: { best: () => [{ id: 'p1' }, { id: 'p2' }] } },
  },
  names: {
    typeDefs: 'type Product @key(fields: "id") { id: ID! name: String }',
    resolvers: { Product: { name: ({ id }: { id: string }) => `name of ${id}` } },
  },
};

const products = (currency: string, times = 1) => ['p1', 'p2'].map((id) => ({ price: `${id} ${currency} ${times}` }));

test('a field has the argument of the object around each of its places, in one request', async () => {
  const federation = new Federation(SHOPS);
  const engine = await federation.engine();
  const query = `query ($times: Int) {
    shops { currency: id shelf { best { price(times: $times) } } }
    other: shop(id: "CHF") { currency shelf { best { name taxes } } }
  }`;
  expect(await ask(engine, query, { variables: { times: 3 } })).toEqual({
    data: {
      shops: [
        { currency: 'EUR', shelf: { best: products('EUR', 3) } },
        { currency: 'USD', shelf: { best: products('USD', 3) } },
        { currency: 'EUR', shelf: { best: products('EUR', 3) } },
        { currency: 'none', shelf: { best: products('null', 3) } },
      ],
      other: {
        currency: 'currency CHF',
        shelf: { best: ['p1', 'p2'].map((id) => ({ name: `name of ${id}`, taxes: [3, 2] })) },
      },
    },
  });
  expect(federation.sent.map(({ subgraph }) => subgraph).toSorted()).toEqual(['names', 'shelves', 'shops', 'shops']);
});

test('a client can neither name nor set a contextual argument', async () => {
  const federation = new Federation(SHOPS);
  const engine = await federation.engine();
  const [argument = ''] = /contextualArgument_\w+/.exec(await planned(federation)) ?? [];
  const query = `query ($${argument}: Int) { shop(id: "EUR") { shelf { best { price(times: $${argument}) } } } }`;
  expect(await ask(engine, query, { variables: { [argument]: 7 } })).toEqual({
    data: { shop: { shelf: { best: products('EUR', 7) } } },
  });
  const unnamed = '{ shop(id: "EUR") { shelf { best { price } } } }';
  expect(await ask(engine, unnamed, { variables: { [argument]: 'USD' } })).toEqual({
    data: { shop: { shelf: { best: products('EUR') } } },
  });
  const { errors } = await ask(engine, '{ shop(id: "EUR") { shelf { best { price(currency: "USD") } } } }').catch(
    (error: unknown) => error as { errors: { message: string }[] },
  );
  expect(errors?.[0]?.message).toContain('Unknown argument "currency"');
});

test('an error of one context has the paths of its own places', async () => {
  const product = SHOPS['shops'];
  const services = {
    ...SHOPS,
    shops: {
      typeDefs: product?.typeDefs ?? '',
      resolvers: {
        ...product?.resolvers,
        Product: {
          price: ({ id }: { id: string }, { currency }: { currency: string }) => {
            if (currency === 'USD' && id === 'p2') throw new Error('secret');
            return currency;
          },
        },
      },
    },
  };
  const engine = await new Federation(services).engine();
  const { errors } = await ask(engine, '{ shops { shelf { best { cost: price } } } }');
  expect(errors?.map(({ path }) => path)).toEqual([['shops', 1, 'shelf', 'best', 1, 'cost']]);
});

/** All queries that were sent for a contextual argument. */
async function planned(federation: Federation): Promise<string> {
  await ask(await federation.engine(), '{ shops { shelf { best { price } } } }');
  return federation.sent.map(({ query }) => query).join('\n');
}
