import { createRequire } from 'node:module';
import { parse } from 'graphql';
import type * as ioredis from 'ioredis';
import { readSupergraph } from '../../../gateway/src/supergraph/read-supergraph.ts';
import { GatewayMetrics } from '../../../gateway/src/telemetry/metrics.ts';
import { DEFAULT_USAGE } from '../../../gateway/src/usage/settings.ts';
import { SchemaUsage } from '../../../gateway/src/usage/schema-usage.ts';
import type { Workload } from '../gateway/workloads.ts';

const gatewayRequire = createRequire(new URL('../../../gateway/src/index.ts', import.meta.url));
const { Redis } = gatewayRequire('ioredis') as typeof ioredis;

const BATCHES = 300;
const CALLS = 2_000;

/**
 * The time to record one request, in µs: the fastest of many short batches, because other load on the machine can only
 * slow a batch down.
 */
export async function recordingTime(supergraphSdl: string, redisUrl: string, workload: Workload): Promise<number> {
  const { query, variables = {} } = JSON.parse(workload.body(1)) as { query: string; variables?: object };
  const operation = { document: parse(query), operationName: null, variables: variables as Record<string, unknown> };
  const generation = { schema: readSupergraph(supergraphSdl).schema };
  const redis = new Redis(redisUrl);
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const usage = new SchemaUsage({
    engine: { current: () => generation } as never,
    settings: DEFAULT_USAGE,
    knownClients: [],
    redis,
    namespace: 'bench-alone',
    metrics: new GatewayMetrics(),
    log,
    now: Date.now,
    random: Math.random,
  });
  const client = { address: '127.0.0.1', network: '127.0.0.1', userAgent: null, name: 'storefront', version: '1.0' };
  let fastest = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < BATCHES; batch++) {
    const began = performance.now();
    for (let call = 0; call < CALLS; call++) usage.record(operation, client);
    fastest = Math.min(fastest, (performance.now() - began) / CALLS);
  }
  await usage.stop();
  redis.disconnect();
  return fastest * 1_000;
}
