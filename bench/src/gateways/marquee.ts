import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import type { JSONWebKeySet } from 'jose';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createGateway, HTTP_CLIENTS, httpTransport } from '../../../gateway/src/index.ts';
import { answerCommands } from '../processes/commands.ts';
import { openLog, stopOnSignal } from '../../../packages/telemetry/src/index.ts';

/** The options of this repository's gateway. */
export interface MarqueeOptions {
  readonly supergraph: string;
  readonly port: number;
  readonly redisUrl: string;
  readonly jwks: JSONWebKeySet;
  readonly singleFlight: boolean;
  /** Whether to record schema usage; true by default. */
  readonly usage?: boolean;
}

// The production settings, except for higher limits of an address, from which all load comes.
const {
  supergraph,
  port,
  redisUrl,
  jwks,
  singleFlight,
  usage = true,
} = JSON.parse(process.argv[2] ?? '') as MarqueeOptions;
const client = HTTP_CLIENTS.find((name) => name === process.env['GATEWAY_HTTP_CLIENT']);
const UNREACHABLE = 1_000_000_000;
const log = openLog({ service: 'gateway', level: 'info' });
const metrics = new Registry();
collectDefaultMetrics({ register: metrics });
const redis = new Redis(redisUrl);
const gateway = await createGateway({
  supergraph: { sdl: readFileSync(supergraph, 'utf8') },
  transportFor: (name, url) => httpTransport(name, { url, client }),
  identity: { jwks: () => jwks },
  redis,
  namespace: `bench-${port}`,
  settings: {
    production: true,
    authorization: 'filter',
    guards: { singleFlight },
    ...(usage ? {} : { usage: false }),
    subscriptions: {
      ...{ maxSocketsPerNetwork: UNREACHABLE, maxSubscriptionsPerNetwork: UNREACHABLE },
      ...{ maxHeldBytesPerNetwork: UNREACHABLE, maxMessagesPerSecondPerNetwork: UNREACHABLE },
    },
    rateLimits: { perCaller: UNREACHABLE, perAnonymous: UNREACHABLE, perNetwork: UNREACHABLE },
  },
  log,
  metrics,
});
stopOnSignal(log, async () => {
  await gateway.stop();
  await redis.quit();
});
await gateway.listen(port);
if (globalThis.gc) answerCommands({ collect: async () => globalThis.gc?.() });
