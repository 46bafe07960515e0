import { join } from 'node:path';
import { lockHolder } from './lock.ts';
import { stopLeftoverServices } from './servers.ts';
import { stopLeftover, SetupError } from '@marquee/servers';
import { openStateFolder } from './state-folder.ts';

/**
 * Deletes all data of the local stack.
 *
 * @throws {SetupError} while a stack is running
 */
export async function reset(path: string): Promise<void> {
  const state = openStateFolder(path);
  const holder = lockHolder(state.lockFile);
  if (holder) throw new SetupError(`The stack is running (pid ${holder.pid}). Stop it first.`);
  await stopLeftoverServices(state);
  for (const folder of [...state.postgresFolders, state.redisFolder, state.redisCacheFolder])
    await stopLeftover(join(folder, 'server.json'));
  state.clear();
}
