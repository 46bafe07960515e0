import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The ignored folder at the repository's root, unless MARQUEE_FOLDER names another. */
export function defaultStateFolder(environment: NodeJS.ProcessEnv): string {
  return resolve(environment['MARQUEE_FOLDER'] || fileURLToPath(new URL('../../../.marquee', import.meta.url)));
}

/** Notes where the stack's own Redis is, for commands that read it from another process. */
export function noteRedisUrl(redisFolder: string, url: string): void {
  writeFileSync(noteIn(redisFolder), url, { mode: 0o600 });
}

/** Where the Redis of the stack with this folder is; undefined when it never had one. */
export function notedRedisUrl(stateFolder: string): string | undefined {
  try {
    return readFileSync(noteIn(redisFolderIn(stateFolder)), 'utf8').trim();
  } catch {
    return undefined;
  }
}

export function redisFolderIn(stateFolder: string): string {
  return join(stateFolder, 'redis');
}

function noteIn(redisFolder: string): string {
  return join(redisFolder, 'url');
}
