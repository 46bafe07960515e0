import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';

import type { EventLog } from './event-log.ts';
import { redisStreamsLog } from './redis-streams/log.ts';

const USAGE = `Usage: npm run events:replay -- <consumer> [--list] [--namespace <name>]

Delivers a consumer's dead letters to it again; --list shows them instead.
REDIS_URL names the Redis; when not given, it is the local stack's.
`;

/** What the environment names, else the Redis of the local stack if that has been started here. */
function redisUrl(): string | undefined {
  const named = process.env['REDIS_URL'];
  if (named) return named;
  const stackFolder = resolve(
    process.env['MARQUEE_FOLDER'] || fileURLToPath(new URL('../../../.marquee', import.meta.url)),
  );
  try {
    return readFileSync(join(stackFolder, 'redis', 'url'), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Lists or replays the dead letters of a consumer. @returns the exit code */
async function replay(log: EventLog, consumer: string, listOnly: boolean): Promise<number> {
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
  const url = redisUrl();
  if (url === undefined) {
    process.stderr.write('There is no Redis: start the local stack, or set REDIS_URL.\n');
    return 1;
  }
  const redis = new Redis(url, { lazyConnect: true });
  const log = redisStreamsLog({ redis, namespace });
  try {
    return await replay(log, consumer, options.includes('--list'));
  } catch (error) {
    process.stderr.write(`Redis cannot be reached: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    await log.close();
  }
}

process.exitCode = await main(process.argv.slice(2));
