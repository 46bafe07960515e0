import { setImmediate } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Registry } from 'prom-client';
import { loadEventCatalogue } from '../../../stack/src/subgraphs.ts';
import { openLog } from '../../../packages/telemetry/src/index.ts';
import { serveSubgraph } from '../../../packages/subgraph/src/server/index.ts';
import { DiskLog } from '../../../subgraphs/activity/src/adapters/event-log/disk-log.ts';
import { SegmentFolder } from '../../../subgraphs/activity/src/adapters/event-log/segment-folder.ts';
import { eventIdOf, keyedHash } from '../../../subgraphs/activity/src/adapters/keyed-hash.ts';
import { RecentIdWindow } from '../../../subgraphs/activity/src/adapters/recent-ids.ts';
import type { EventInput } from '../../../subgraphs/activity/src/domain/parse-event.ts';
import { subgraph as definition } from '../../../subgraphs/activity/src/subgraph.ts';
import { trackEvents } from '../../../subgraphs/activity/src/use-cases/track-events.ts';
import { sampleBatch } from './sample.ts';

// The subgraph in a process of its own: `worker-main.ts <database> <redis> <folder> <port>`. It answers `track <batches>` with
// the seconds in which the use case accepted so many, and `report` with its processor time.
const [databaseUrl = '', redisUrl = '', folder = '', port = '0'] = process.argv.slice(2);
const BATCH = 500;
const CLIENTS = 8;
/** Over which batches are spread: of each comes less than makes it suspicious. */
const NETWORKS = 250;
const networkOf = (batch: number): string => `198.51.100.${batch % NETWORKS}`;

const log = openLog({ service: 'activity', level: 'warn' });
const redis = new Redis(redisUrl);
const visitorKey = Buffer.alloc(32).toString('base64url');
const subgraph = definition.open({
  ...{ databaseUrl, redis, namespace: 'bench', rateLimits: false, log, catalogue: await loadEventCatalogue() },
  calls: { query: () => Promise.reject(new Error('nobody is asked')) },
  settings: { visitorKey, folder, maxBacklogMb: '4096' },
});
await subgraph.start();
const served = await serveSubgraph(subgraph, {
  ...{ port: Number(port), serviceKeys: () => [], redis, namespace: 'bench', metrics: new Registry(), log },
  // Nobody signs in.
  tokens: { jwks: new URL('http://127.0.0.1:9/nobody') },
});

/** Has clients send batches to the use case, each one at a time. */
async function track(batches: number): Promise<number> {
  // A log of its own in the folder that the subgraph loads from, as another process would have.
  const eventLog = new DiskLog({ folder: new SegmentFolder(`${folder}/events`), maxBacklogBytes: 2 ** 32, log });
  const hash = keyedHash(new Uint8Array(32));
  const deps = {
    ...{ eventLog, eventIdOf, hash, recentIds: new RecentIdWindow(100_000), now: () => new Date() },
    // No network has a limit here.
    allowance: { take: () => undefined },
  };
  const waiting: EventInput[][] = [];
  while (waiting.length < batches) {
    waiting.push(sampleBatch(BATCH).map((event) => ({ ...event, at: new Date(event.at) })));
    // The subgraph's jobs go on meanwhile.
    await setImmediate();
  }
  const startedAt = performance.now();
  const client = async (): Promise<void> => {
    for (let batch = waiting.pop(); batch; batch = waiting.pop())
      await trackEvents(deps, { userId: null, network: networkOf(waiting.length), userAgent: 'bench' }, batch);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const seconds = (performance.now() - startedAt) / 1_000;
  await eventLog.close();
  return seconds;
}

process.on('message', (message: { readonly track?: number }) => {
  if (message.track === undefined) process.send?.(process.cpuUsage());
  else void track(message.track).then((seconds) => process.send?.({ seconds }));
});
process.send?.({ url: served.url });
