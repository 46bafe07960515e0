import { expect, test } from 'vitest';

import { ask, Federation, prepare } from './fixtures/federate.ts';
import { SHOP, TEST_QUERY } from './fixtures/shop.ts';

test('a query over four subgraphs has one response', async () => {
  const federation = new Federation(SHOP);
  const engine = await federation.engine();
  expect(await ask(engine, '{ me { name reviews { body product { name inStock shippingEstimate } } } }')).toEqual({
    data: {
      me: {
        name: 'Ada',
        reviews: [
          { body: 'Love "it"!', product: { name: 'Table', inStock: true, shippingEstimate: 50 } },
          { body: 'Too expensive.', product: { name: 'Couch', inStock: false, shippingEstimate: 0 } },
        ],
      },
    },
  });
});

test('an entity that occurs several times is requested once', async () => {
  const federation = new Federation(SHOP);
  const engine = await federation.engine();
  await ask(engine, '{ topProducts { reviews { author { name } } } }');
  expect(federation.sent.at(-1)?.variables['representations']).toEqual([
    { __typename: 'User', id: '1' },
    { __typename: 'User', id: '2' },
  ]);
});

test('the benchmark’s TestQuery has the expected response', async () => {
  const federation = new Federation(SHOP);
  const engine = await federation.engine();
  const response = await ask(engine, TEST_QUERY);
  expect(response.errors).toBeUndefined();
  expect(JSON.stringify(response)).toMatchSnapshot();
});

test('the same operation is compiled once', async () => {
  const engine = await new Federation(SHOP).engine();
  const first = prepare(engine, '{ me { id } }');
  const second = prepare(engine, '{ me { id } }');
  expect(await second).toBe(await first);
  expect(prepare(engine, '{ me { id } }')).toBe(await first);
});
