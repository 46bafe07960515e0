import { Redis } from 'ioredis';
import type { ServiceRequest } from '../../../packages/subgraph/src/index.ts';
import { openLog } from '../../../packages/telemetry/src/index.ts';
import { subgraph as definition } from '../../../subgraphs/notifications/src/subgraph.ts';
import { catalogue, NAMESPACE } from './sample.ts';

// The subgraph in a process of its own: `worker-main.ts <database> <redis> <settings as JSON>`.
const [databaseUrl = '', redisUrl = '', settings = '{}'] = process.argv.slice(2);

/** Accounts, which knows everybody. */
const calls = {
  query: async <Data>(_subgraph: string, { variables = {} }: ServiceRequest) => {
    const { ids } = variables as { readonly ids: readonly string[] };
    const known = { locale: 'en', emailVerified: true, timeZone: 'Europe/Amsterdam' };
    return { people: ids.map((id) => ({ id, email: `${id}@example.com`, ...known })) } as Data;
  },
};

const subgraph = definition.open({
  ...{ databaseUrl, redis: new Redis(redisUrl), namespace: NAMESPACE, catalogue, calls },
  log: openLog({ service: 'notifications', level: 'warn' }),
  settings: JSON.parse(settings) as Record<string, string>,
});
await subgraph.start();
process.on('message', () => process.send?.(process.cpuUsage()));
process.send?.('ready');
