import { beforeAll, describe, expect, test } from 'vitest';

import type { SubgraphResponse } from '../../src/transports/subgraph-transport.ts';
import { type GeneratedOperation, generateOperation } from './operations.ts';
import { Oracle, type Outcome, type Scenario } from './oracle.ts';
import { hash, seeded } from './random.ts';
import { BEYOND_STOCK, SUPERGRAPHS } from './supergraphs.ts';

const FAIR_OPERATIONS = 80;
const STORMY_OPERATIONS = 60;

const seeds = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const nullsOf = (seed: number): number => (seed % 2 === 0 ? 0 : 0.2);

describe.each(Object.entries({ ...SUPERGRAPHS, ...BEYOND_STOCK }))('%s', (_name, services) => {
  const oracle = new Oracle(services);
  beforeAll(() => oracle.start());

  test('has the response of graphql-js on the plain schema, byte for byte', async () => {
    for (const seed of seeds(FAIR_OPERATIONS)) {
      const operation = generateOperation(oracle.schema, seeded(seed));
      oracle.arrange({ seed, nulls: nullsOf(seed) });
      const ours = await oracle.ours(operation);
      expect({ operation, ...ours }).toEqual({ operation, ...oracle.plain(operation) });
    }
  }, 60_000);
});

describe.each(Object.entries(SUPERGRAPHS))('%s, beside the stock executor', (_name, services) => {
  const oracle = new Oracle(services);
  beforeAll(() => oracle.start('with stock'));

  const answered = new Map<number, { operation: GeneratedOperation; fair: Outcome } | undefined>();

  /** A seed's operation and its answer when nothing fails; undefined where the stock executor's is wrong. */
  async function whenFair(seed: number): Promise<{ operation: GeneratedOperation; fair: Outcome } | undefined> {
    if (answered.has(seed)) return answered.get(seed);
    const operation = generateOperation(oracle.schema, seeded(seed), 'tame');
    oracle.arrange({ seed, nulls: nullsOf(seed) });
    const fair = await oracle.stock(operation).catch(() => undefined);
    const isRight = fair !== undefined && equal(fair.data, oracle.plain(operation).data);
    answered.set(seed, isRight ? { operation, fair } : undefined);
    return answered.get(seed);
  }

  async function compare(
    stormOf: (seed: number) => Scenario,
    check: (ours: Outcome, stock: Outcome, fair: Outcome) => void,
  ) {
    let compared = 0;
    for (const seed of seeds(STORMY_OPERATIONS)) {
      const answer = await whenFair(seed);
      if (answer === undefined) continue;
      const { operation, fair } = answer;
      oracle.arrange({ seed, nulls: nullsOf(seed), ...stormOf(seed) });
      const ours = await oracle.ours(operation);
      const stock = await oracle.stock(operation);
      // Where a required field is missing, the stock executor also loses the fields beside that need only a key.
      expect({ operation, data: ours.data }).toEqual({ operation, data: atLeast(stock.data, fair.data, ours.data) });
      check(ours, stock, fair);
      compared++;
    }
    expect(compared).toBeGreaterThan(STORMY_OPERATIONS / 2);
  }

  test('when fields of subgraphs fail, has the data and the error paths of the stock executor', async () => {
    await compare(
      () => ({ failures: 0.05 }),
      (ours, stock) => {
        // The stock executor's paths include fields that only the plan needs; ours are truncated before them.
        const known = pathsOf(stock.errors).map((path) => `${path}.`);
        const others = pathsOf(ours.errors).filter((path) => !known.some((stocks) => stocks.startsWith(`${path}.`)));
        expect(others).toEqual([]);
        expect(ours.errors === undefined).toBe(stock.errors === undefined);
        expect(JSON.stringify(ours.errors?.filter(isMasked) ?? [])).not.toContain('secret cause');
      },
    );
  }, 60_000);

  test('when a subgraph is down, has the data of the stock executor and names the subgraph', async () => {
    const names = Object.keys(services);
    const down = (seed: number): string => names[seed % names.length] ?? '';
    await compare(
      (seed) => ({ down: down(seed) }),
      (ours, stock, fair) => {
        // The stock executor also fetches what is skipped; without errors, nothing may be missing.
        expect(ours.errors === undefined ? ours.data : fair.data).toEqual(fair.data);
        expect(ours.errors !== undefined && stock.errors === undefined).toBe(false);
        for (const { extensions } of ours.errors ?? []) {
          expect(extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', subgraph: expect.any(String) });
        }
      },
    );
  }, 60_000);

  test('propagates a null in a non-null field like the stock executor, with an error', async () => {
    await compare(
      (seed) => ({ distort: (response) => withWrongNulls(response, seed) }),
      (ours, stock) => {
        const completion = (stock.extensions as { valueCompletion?: Outcome['errors'] } | undefined)?.valueCompletion;
        expect(pathsOf(completion)).toEqual(expect.arrayContaining(pathsOf(ours.errors)));
        expect(ours.errors === undefined).toBe(completion === undefined);
      },
    );
  }, 60_000);
});

function equal(left: unknown, right: unknown): boolean {
  try {
    expect(left).toEqual(right);
    return true;
  } catch {
    return false;
  }
}

/** The expected value of `given`: that of `least`, or where that is null, null or that of `most`. */
function atLeast(least: unknown, most: unknown, given: unknown): unknown {
  if (least === null) return given === null ? null : atLeastNull(most, given);
  if (typeof least !== 'object') return least;
  const inner = (key: string | number): unknown => atLeast(at(least, key), at(most, key), at(given, key));
  if (Array.isArray(least)) return least.map((_each, index) => inner(index));
  return Object.fromEntries(Object.keys(least).map((key) => [key, inner(key)]));
}

function atLeastNull(most: unknown, given: unknown): unknown {
  if (given === null || typeof most !== 'object' || most === null) return given === null ? null : most;
  if (Array.isArray(most)) return most.map((each, index) => atLeastNull(each, at(given, index)));
  return Object.fromEntries(Object.entries(most).map(([key, each]) => [key, atLeastNull(each, at(given, key))]));
}

function at(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
}

function pathsOf(errors: Outcome['errors']): string[] {
  return (errors ?? []).map(({ path }) => (path ?? []).join('.'));
}

function isMasked({ extensions }: NonNullable<Outcome['errors']>[number]): boolean {
  return extensions?.['code'] === 'INTERNAL_SERVER_ERROR';
}

/** Chosen by value, so that an entity always loses the same fields. */
function withWrongNulls({ data }: SubgraphResponse, seed: number): void {
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const fields = value as Record<string, unknown>;
    for (const [key, inner] of Object.entries(fields)) {
      const isLeaf = typeof inner !== 'object' && key !== '__typename' && !/^k\d+$/.test(String(inner));
      if (isLeaf && hash(`${seed}${String(inner)}`) % 12 === 0) fields[key] = null;
      else visit(inner);
    }
  };
  visit(data);
}
