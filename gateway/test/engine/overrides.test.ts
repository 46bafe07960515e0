import { expect, test } from 'vitest';

import { ask, Federation, type Service } from './fixtures/federate.ts';

const MOVING: Readonly<Record<string, Service>> = {
  old: {
    typeDefs: `type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! price: String stock: String }`,
    resolvers: { Query: { thing: () => ({ id: 't', price: 'old price', stock: 'old stock' }) } },
  },
  next: {
    typeDefs: `type Thing @key(fields: "id") {
      id: ID!
      price: String @override(from: "old", label: "percent(20)")
      stock: String @override(from: "old", label: "beta")
    }`,
    resolvers: { Thing: { price: () => 'new price', stock: () => 'new stock' } },
  },
};

test('a percent label sends a share of requests to the overriding subgraph', async () => {
  let drawn = 0;
  const engine = await new Federation(MOVING).engine({ random: () => drawn });
  drawn = 0.19;
  expect(await ask(engine, '{ thing { price } }')).toEqual({ data: { thing: { price: 'new price' } } });
  drawn = 0.2;
  expect(await ask(engine, '{ thing { price } }')).toEqual({ data: { thing: { price: 'old price' } } });
});

test('a label of the request selects the subgraph of a field', async () => {
  const engine = await new Federation(MOVING).engine({ random: () => 0.99 });
  const beta = { context: { overrideLabels: new Set(['beta']) } };
  expect(await ask(engine, '{ thing { price stock } }', beta)).toEqual({
    data: { thing: { price: 'old price', stock: 'new stock' } },
  });
  expect(await ask(engine, '{ thing { price stock } }')).toEqual({
    data: { thing: { price: 'old price', stock: 'old stock' } },
  });
});
