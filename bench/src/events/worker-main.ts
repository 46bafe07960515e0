import { Redis } from 'ioredis';
import { connect } from '../../../packages/database/src/index.ts';
import {
  createConsumer,
  createRelay,
  type EventHandlers,
  redisStreamsLog,
} from '../../../packages/events/src/index.ts';
import { PrismaClient } from '../../../prisma/notifications/generated/client.ts';
import { catalogue, DOMAIN, TYPE } from './sample.ts';

// A relay, or a consumer, in a process of its own: `worker-main.ts <relay | consumer> <database> <redis>`.
const [role = '', url = '', redisUrl = ''] = process.argv.slice(2);
const client = connect(PrismaClient, { url });
const log = redisStreamsLog({ redis: new Redis(redisUrl), catalogue, namespace: 'bench', maxEntries: 1_000_000 });
const handlers = {
  [TYPE]: {
    many: async (events, tx) => {
      const keys = events.map(({ key }) => key);
      await tx.$executeRaw`INSERT INTO effects (key) SELECT * FROM unnest(${keys}::text[])`;
    },
  },
} satisfies EventHandlers;
const worker =
  role === 'relay'
    ? createRelay({ domain: DOMAIN, client, log })
    : createConsumer({ name: 'bench', client, log, handlers });
let atStart: NodeJS.CpuUsage | undefined;
process.on('message', (message) => {
  if (message !== 'start') return process.send?.(process.cpuUsage(atStart));
  atStart = process.cpuUsage();
  return worker.start();
});
process.send?.('ready');
