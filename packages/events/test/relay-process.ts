import { connect } from '@marquee/database';
import { Redis } from 'ioredis';

import { PrismaClient } from '../generated/client.ts';
import { createRelay, redisStreamsLog } from '../src/index.ts';
import { catalogue } from './sample-events.ts';

const [url = '', redisUrl = '', namespace = ''] = process.argv.slice(2);
const log = redisStreamsLog({ redis: new Redis(redisUrl), catalogue, namespace });
createRelay({ domain: 'sample', client: connect(PrismaClient, { url }), log, pollMs: 5 }).start();
process.send?.('started');
