import { connect } from '@marquee/database';
import { Redis } from 'ioredis';

import { PrismaClient } from '../generated/client.ts';
import { createConsumer, redisStreamsLog } from '../src/index.ts';
import { catalogue } from './sample-events.ts';
import { QUICK_RETRY } from './retry-policy.ts';

const [url = '', redisUrl = '', namespace = ''] = process.argv.slice(2);
const client = connect(PrismaClient, { url });
const redis = new Redis(redisUrl);

createConsumer({
  name: 'catalog',
  client,
  log: redisStreamsLog({ redis, catalogue, namespace }),
  concurrency: 1,
  retry: QUICK_RETRY,
  handlers: {
    'sample.sold-out': async (event, tx) => {
      await tx.$executeRaw`
        INSERT INTO effects (event_id, key, show_id) VALUES (${event.id}, ${event.key}, ${event.payload.showId})`;
      process.send?.('handling');
      await new Promise(() => undefined);
    },
  },
}).start();
