import type { DefinedSubgraph, Subgraph } from '@marquee/subgraph';
import { openLog, processRegistry } from '@marquee/telemetry';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { openSubgraphs } from '../src/open-subgraphs.ts';
import { seed } from '../src/seed.ts';
import { teardown } from '../src/teardown.ts';

function defined(name: string, parts: Partial<DefinedSubgraph> = {}): DefinedSubgraph {
  const open = (): never => {
    throw new Error(`${name} cannot be opened`);
  };
  return {
    ...{ name, emits: {}, settings: { shape: {} }, asks: [], signsTokens: false, open },
    ...parts,
  } as DefinedSubgraph;
}

test('when one subgraph cannot be opened, those that were are stopped', async () => {
  const stopped: string[] = [];
  const subgraph = { name: 'first', stop: async () => void stopped.push('first') } as unknown as Subgraph;
  const definitions = [defined('first', { open: () => subgraph }), defined('second')];
  const stops = teardown((_what, error) => expect.fail(String(error)));
  const options = {
    ...{ databaseUrls: { first: 'postgresql://none', second: 'postgresql://none' }, stops, rateLimits: true },
    ...{ redis: { url: '', namespace: 'test' }, secret: () => '', folderOf: () => '' },
    logFor: (service: string) => openLog({ service, level: 'silent' }),
  };
  const shared = {
    ...{
      redis: new Redis({ lazyConnect: true }),
      metrics: processRegistry(),
      publicUrls: { origin: 'http://127.0.0.1', sites: [] },
      sandboxes: { provider: '', mail: '', push: true },
    },
    callsOf: () => ({ query: () => Promise.reject(new Error('It asks nobody')) }),
  };
  expect(() => openSubgraphs(definitions, options, shared)).toThrow('second cannot be opened');
  await stops.run();
  expect(stopped).toEqual(['first']);
});

test('a seed that fails waits for the others: their database is not stopped under them', async () => {
  let isDone = false;
  const failing = defined('failing', { seed: () => Promise.reject(new Error('The disk is full')) });
  const slow = defined('slow', {
    seed: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      isDone = true;
      return [];
    },
  });
  await expect(seed([failing, slow], {})).rejects.toThrow('The disk is full');
  expect(isDone).toBe(true);
});
