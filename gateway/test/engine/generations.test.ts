import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { createEngine } from '../../src/engine/engine.ts';
import { readSupergraph } from '../../src/supergraph/read-supergraph.ts';
import type { PreparedOperation } from '../../src/executor/prepared-operation.ts';
import type { Swap } from '../../src/engine/api.ts';
import type { Planning } from '../../src/planning/api.ts';
import { RESTRICTED } from '../authorization/restricted.ts';
import { ANONYMOUS, ask, compose, Federation, filtering, prepare, type Service, user } from './fixtures/federate.ts';
import { planHere } from './fixtures/plan-here.ts';
import { SHOP } from './fixtures/shop.ts';

/** The shop with an additional field. */
function grown(field: string): string {
  const accounts = SHOP['accounts'] as Service;
  const typeDefs = accounts.typeDefs.replace('type Query {', `type Query { ${field}: String`);
  return compose({ ...SHOP, accounts: { ...accounts, typeDefs } });
}

test('before the first load there is no current generation', () => {
  const engine = createEngine({
    planning: planHere,
    transportFor: (subgraph) => new Federation(SHOP).transportFor(subgraph),
    authorization: { mode: 'filter', policies: {} },
  });
  expect(() => engine.current()).toThrow('No supergraph is loaded');
});

test('a new generation serves new requests, and running ones end on the previous one', async () => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const federation = new Federation(SHOP);
  const engine = await federation.engine({
    transportFor: (subgraph) => {
      const transport = federation.transportFor(subgraph);
      return { ...transport, execute: (...fetch) => held.then(() => transport.execute(...fetch)) };
    },
  });
  const swaps: Swap[] = [];
  engine.onSwap((swap) => swaps.push(swap));
  const before = engine.current();
  const begun = ask(engine, '{ me { name } }');
  await Promise.resolve();
  await engine.load(grown('added'));

  expect(engine.current()).not.toBe(before);
  expect(engine.current().schema.getQueryType()?.getFields()['added']).toBeDefined();
  expect(before.schema.getQueryType()?.getFields()['added']).toBeUndefined();
  let isDrained = false;
  void swaps[0]?.drained.then(() => (isDrained = true));
  await Promise.resolve();
  expect(isDrained).toBe(false);
  release();
  expect(await begun).toEqual({ data: { me: { name: 'Ada' } } });
  await swaps[0]?.drained;
});

test('a request ends on its own generation, however many swaps happen meanwhile', async () => {
  const federation = new Federation(SHOP);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const closed: string[] = [];
  const engine = await federation.engine({
    transportFor: (subgraph, url) => {
      const transport = federation.transportFor(subgraph);
      const execute: typeof transport.execute = async (...fetch) => {
        await held;
        if (closed.includes(url)) throw new Error(`${url} is closed`);
        return transport.execute(...fetch);
      };
      return { ...transport, execute, close: async () => void closed.push(url) };
    },
  });
  const moved = (name: string): string => federation.sdl.replace('http://accounts.test/', `http://${name}.test/`);
  const begun = ask(engine, '{ me { name } }');
  await Promise.resolve();
  await engine.load(moved('second'));
  await engine.load(moved('third'));
  release();
  expect(await begun).toEqual({ data: { me: { name: 'Ada' } } });
  await engine.stop();
  expect(closed).toContain('http://accounts.test/');
});

test('a request keeps its generation while a policy is evaluated', async () => {
  const federation = new Federation(RESTRICTED);
  let answer = (_granted: boolean): void => {};
  const asked = new Promise<boolean>((resolve) => (answer = resolve));
  const closed: string[] = [];
  const engine = await federation.engine({
    authorization: filtering({ 'owns-venue': () => asked }),
    transportFor: (subgraph, url) => {
      const transport = federation.transportFor(subgraph);
      return { ...transport, close: async () => void closed.push(url) };
    },
  });
  const begun = ask(engine, '{ sales(venue: "v1") }', { caller: user() });
  await engine.load(federation.sdl.replaceAll('.test/', '.moved/'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(closed).toEqual([]);
  answer(true);
  expect(await begun).toEqual({ data: { sales: 42 } });
  await eventually(() => expect(closed).not.toEqual([]));
});

test('the most-used operations are compiled before the swap', async () => {
  const federation = new Federation(RESTRICTED);
  const engine = await federation.engine({ warmOperations: 1 });
  const hot = 'query ($yes: Boolean!) { public private @include(if: $yes) }';
  await ask(engine, hot, { variables: { yes: true }, caller: user() });
  await ask(engine, hot, { variables: { yes: true } });
  await ask(engine, '{ public }');
  const reads = new Map<string, PreparedOperation>();
  engine.onSwap(({ current }) => {
    // Cached by the warm-up: otherwise the new generation would have compiled nothing yet.
    reads.set('hot', current.prepare({ query: hot }, ANONYMOUS) as PreparedOperation);
  });
  const sdl = compose({ ...RESTRICTED, extra: { typeDefs: 'type Query { extra: Int }' } });
  await engine.load(sdl);
  const warmed = (await prepare(engine, hot)) as PreparedOperation & { compiledVariants(): unknown };
  expect(warmed).toBe(reads.get('hot'));
  expect(warmed.compiledVariants()).toEqual([{ values: { yes: true }, deferredFields: 'ignore-defer' }]);
});

test('a change of auth directives alone creates a new generation', async () => {
  const engine = await new Federation(RESTRICTED).engine();
  const before = engine.current();
  expect((await ask(engine, '{ status }')).data).toEqual({ status: null });
  const catalog = RESTRICTED['catalog'] as Service;
  const typeDefs = catalog.typeDefs.replace('enum Status @authenticated', 'enum Status');
  await engine.load(compose({ ...RESTRICTED, catalog: { ...catalog, typeDefs } }));
  expect(engine.current()).not.toBe(before);
  expect((await ask(engine, '{ status }')).data).toEqual({ status: 'UP' });
});

test('a supergraph that fails to load changes nothing', async () => {
  const engine = await new Federation(SHOP).engine();
  const before = engine.current();
  await expect(engine.load('type Query { broken: Int }')).rejects.toThrow(/supergraph/i);
  expect(engine.current()).toBe(before);
  await engine.load(grown('added'));
  expect(engine.current()).not.toBe(before);
});

test('a supergraph that fails to load leaves no planner behind', async () => {
  const open: boolean[] = [];
  const planning: Planning = {
    ...planHere,
    open: async (sdl) => {
      const index = open.push(true) - 1;
      return { ...(await planHere.open(sdl)), close: () => (open[index] = false) };
    },
  };
  let isReachable = true;
  const federation = new Federation(SHOP);
  const engine = createEngine({
    planning,
    authorization: { mode: 'filter', policies: {} },
    transportFor: (subgraph) => {
      if (!isReachable) throw new Error('no transport');
      return federation.transportFor(subgraph);
    },
  });
  await engine.load(federation.sdl);
  isReachable = false;
  await expect(engine.load(federation.sdl.replaceAll('.test/', '.moved/'))).rejects.toThrow('no transport');
  expect(open).toEqual([true, false]);
});

test('a plan keeps its hash only over unrelated changes', async () => {
  const engine = await new Federation(SHOP).engine();
  const query = 'subscription { reviewAdded { body product { name } } }';
  const before = (await prepare(engine, query)).subscription?.planHash;
  await engine.load(grown('added'));
  expect((await prepare(engine, query)).subscription?.planHash).toBe(before);
  const products = SHOP['products'] as Service;
  const typeDefs = products.typeDefs.replace('name: String price', 'name: String! price');
  await engine.load(compose({ ...SHOP, products: { ...products, typeDefs } }));
  expect((await prepare(engine, query)).subscription?.planHash).not.toBe(before);
});

test('an unsupported security link fails the load', () => {
  const sdl = new Federation(SHOP).sdl.replace(
    'schema\n',
    'schema\n  @link(url: "https://example.com/vault/v1.0", for: SECURITY)\n',
  );
  expect(() => readSupergraph(sdl)).toThrow('https://example.com/vault/v1.0 for SECURITY');
});
