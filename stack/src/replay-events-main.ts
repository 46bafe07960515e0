import { defaultStateFolder, readRedisUrl } from '@marquee/servers/state-path';
import { type EventLog, redisStreamsLog } from '@marquee/events';
import { connectOnce } from '@marquee/redis';
import { redisUrlFrom } from './settings.ts';

import { loadEventCatalogue } from './subgraphs.ts';

const USAGE = `Usage: npm run events:replay -- <consumer> [--list] [--namespace <name>]

Delivers a consumer's dead letters to it again; --list shows them instead.
REDIS_URL names the Redis; when not given, it is the local stack's.
`;

interface ReplayOptions {
  readonly url: string;
  readonly namespace: string;
  readonly consumer: string;
  readonly listOnly: boolean;
}

/** Lists or replays the dead letters of a consumer. @returns the exit code */
async function replay({ url, namespace, consumer, listOnly }: ReplayOptions): Promise<number> {
  const redis = await connectOnce(url);
  const log = redisStreamsLog({ redis, namespace, catalogue: await loadEventCatalogue() });
  try {
    return await replayFrom(log, consumer, listOnly);
  } finally {
    redis.disconnect();
    await log.close();
  }
}

async function replayFrom(log: EventLog, consumer: string, listOnly: boolean): Promise<number> {
  for (const { failedAt, type, attempts, error, event } of await log.deadLetters(consumer)) {
    process.stdout.write(`${failedAt} ${type} after ${attempts} attempts: ${error}\n  ${event}\n`);
  }
  if (listOnly) return 0;
  const replayed = await log.replayDeadLetters(consumer);
  process.stdout.write(`${replayed} dead letters of ${consumer} replayed\n`);
  return 0;
}

async function main(parameters: readonly string[]): Promise<number> {
  const [consumer, ...options] = parameters;
  const namespaceAt = options.indexOf('--namespace');
  const namespace = namespaceAt === -1 ? 'marquee' : options[namespaceAt + 1];
  if (consumer === undefined || consumer.startsWith('-') || namespace === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const url = redisUrlFrom(process.env) ?? readRedisUrl(defaultStateFolder(process.env));
  if (url === undefined) {
    process.stderr.write('There is no Redis: start the local stack, or set REDIS_URL.\n');
    return 1;
  }
  try {
    return await replay({ url, namespace, consumer, listOnly: options.includes('--list') });
  } catch (error) {
    process.stderr.write(`Redis cannot be reached: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
