import { join } from 'node:path';
import { liveHolder } from './lock.ts';
import { stopLeftoverServices } from './servers-of-stack.ts';
import { stopLeftover, SetupError } from '@marquee/servers';
import { openStateFolder } from './state-folder.ts';

/**
 * Deletes everything that the local stack keeps.
 *
 * @throws {SetupError} while a stack is running on it.
 */
export async function reset(path: string): Promise<void> {
  const state = openStateFolder(path);
  const holder = liveHolder(state.lockFile);
  if (holder) throw new SetupError(`The stack is running (pid ${holder.pid}): stop it first.`);
  await stopLeftoverServices(state);
  for (const folder of [...state.postgresFolders, state.redisFolder]) await stopLeftover(join(folder, 'server.json'));
  state.clear();
}
