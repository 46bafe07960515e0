import { databaseExists } from '@marquee/database';
import { variableFor } from '@marquee/environment';
import { pingRedis, SetupError } from '@marquee/servers';

import type { StackSettings } from './settings.ts';

/** A server that its variable names; `check` rejects when it cannot be used. */
interface NamedServer {
  readonly variable: string;
  readonly url: string;
  readonly check: (url: string) => Promise<unknown>;
}

/** Longer than any server that works takes to answer, even across the world. */
const LIMIT_MS = 3_000;

/**
 * Connects once to each server that the settings name.
 *
 * @throws {SetupError} naming the variable whose server cannot be used, without its credentials
 */
export async function requireReachable(settings: StackSettings): Promise<void> {
  const { databaseUrl, databaseUrls, redisUrl, redisCacheUrl } = settings;
  await Promise.all(
    [
      ...(databaseUrl === undefined ? [] : [postgres('DATABASE_URL', databaseUrl)]),
      ...Object.entries(databaseUrls).map(([domain, url]) => postgres(variableFor('DATABASE_URL', domain), url)),
      ...redis('REDIS_URL', redisUrl),
      ...redis('REDIS_CACHE_URL', redisCacheUrl),
    ].map(requireServer),
  );
}

function postgres(variable: string, url: string): NamedServer {
  return { variable, url, check: databaseExists };
}

function redis(variable: string, url: string | undefined): NamedServer[] {
  return url === undefined ? [] : [{ variable, url, check: pingRedis }];
}

async function requireServer({ variable, url, check }: NamedServer): Promise<void> {
  try {
    await Promise.race([check(url), failAfter(LIMIT_MS)]);
  } catch (error) {
    throw new SetupError(
      `${variable} names a server at ${new URL(url).host} that cannot be used: ${reasonOf(error)}. ` +
        `Correct ${variable} or start that server; without the variable the stack starts its own.`,
    );
  }
}

/** The timer keeps no process alive. */
async function failAfter(ms: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms).unref();
  });
}

/** One line; of several addresses the reason of the first. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0]?.replace(/\.$/, '') ?? 'no reason given';
}
