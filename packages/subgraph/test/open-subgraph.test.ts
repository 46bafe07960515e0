import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SqlClient } from '@marquee/database';
import { eventCatalogue } from '@marquee/events';
import { eventually, testRedis } from '@marquee/testkit';
import { openLog } from '@marquee/telemetry';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';

import { defineSubgraph, everyone, type OpenOptions, type Permissions } from '../src/index.ts';

let disconnected = 0;

class SampleClient implements SqlClient {
  $queryRaw = () => Promise.reject(new Error('There is no database'));
  $executeRaw = () => Promise.reject(new Error('There is no database'));
  $transaction = () => Promise.reject(new Error('There is no database'));
  $disconnect = async () => void (disconnected += 1);
}

function sample(permissions: Permissions, deps: () => object = () => ({})) {
  const file = join(mkdtempSync(join(tmpdir(), 'sdl-')), 'schema.graphql');
  writeFileSync(file, 'type Query { open: String }');
  const schema = pathToFileURL(file);
  return defineSubgraph({
    ...{ name: 'sample', schema, client: SampleClient, permissions, deps },
    resolvers: { Query: { open: () => 'open' } },
    loaders: () => ({}),
  });
}

function options(): OpenOptions {
  const { url, namespace } = testRedis();
  const redis = new Redis(url, { connectionName: namespace });
  onTestFinished(() => redis.disconnect());
  return {
    ...{ redis, namespace, catalogue: eventCatalogue({}), databaseUrl: 'postgresql://127.0.0.1:1/none' },
    calls: { query: () => Promise.reject(new Error('It asks nobody')) },
    log: openLog({ service: 'sample', level: 'silent' }),
  };
}

async function connectionsTo({ redis, namespace }: OpenOptions): Promise<number> {
  return String(await redis.client('LIST')).split(`name=${namespace} `).length - 1;
}

const failing = (): never => {
  throw new Error('The provider has no address');
};

test.each([
  ['an adapter cannot be built', sample({ Query: { open: everyone } }, failing), 'The provider has no address'],
  ['a field has no policy', sample({}), 'Query.open'],
])('when %s, no connection stays open', async (_what, definition, message) => {
  const given = options();
  disconnected = 0;
  expect(() => definition.open(given)).toThrow(message);
  await eventually(async () => expect(await connectionsTo(given)).toBe(1));
  expect(disconnected).toBe(1);
});
