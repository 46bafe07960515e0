import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const POSTGRES_URL = 'postgres-url';

/** The local stack's folder: MARQUEE_FOLDER, or .marquee in the repository. */
export function defaultStateFolder(environment: NodeJS.ProcessEnv): string {
  return resolve(environment['MARQUEE_FOLDER'] || fileURLToPath(new URL('../../../.marquee', import.meta.url)));
}

/** Records the URL of the stack's Redis, for commands in other processes. */
export function writeRedisUrl(redisFolder: string, url: string): void {
  writeFileSync(redisUrlFile(redisFolder), url, { mode: 0o600 });
}

/** The recorded URL of the stack's Redis; undefined when it never started one. */
export function readRedisUrl(stateFolder: string): string | undefined {
  try {
    return readFileSync(redisUrlFile(redisFolderIn(stateFolder)), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Records the URL of the stack's Postgres, for commands in other processes. */
export function writePostgresUrl(stateFolder: string, url: string): void {
  writeFileSync(join(stateFolder, POSTGRES_URL), url, { mode: 0o600 });
}

/** The recorded URL of the stack's Postgres; undefined when it never started one. */
export function readPostgresUrl(stateFolder: string): string | undefined {
  try {
    return readFileSync(join(stateFolder, POSTGRES_URL), 'utf8').trim();
  } catch {
    return undefined;
  }
}

export function redisFolderIn(stateFolder: string): string {
  return join(stateFolder, 'redis');
}

function redisUrlFile(redisFolder: string): string {
  return join(redisFolder, 'url');
}
