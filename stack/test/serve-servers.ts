import { allOrFirstError } from '../src/all-or-first-error.ts';
import { reset } from '../src/reset.ts';
import { startReaper, startPostgres, startRedis } from '@marquee/servers';
import { openStateFolder } from '../src/state-folder.ts';

/**
 * A process that the tests start, kill and start again: `serve <folder> [without-reaper]` runs both servers until SIGTERM
 * and prints their addresses; `reset <folder>` deletes the data.
 */
const [, , command, folder = '', mode] = process.argv;

async function serve(): Promise<void> {
  const state = openStateFolder(folder);
  const noReaper = { watch: () => {}, remove: () => {}, dismiss: () => {} };
  const reaper = mode === 'without-reaper' ? noReaper : startReaper();
  const [postgres, redis] = await allOrFirstError([
    startPostgres({ folders: state.postgresFolders, reaper }),
    startRedis({ folder: state.redisFolder, durable: true, reaper }),
  ] as const);
  state.recordPostgresFolder(postgres.folder);
  process.on('SIGTERM', async () => {
    await Promise.all([postgres.stop(), redis.stop()]);
    process.exit();
  });
  const { pid, url } = postgres;
  console.log(
    JSON.stringify({ postgres: { pid, url, folder: postgres.folder }, redis: { pid: redis.pid, url: redis.url } }),
  );
}

await (command === 'reset' ? reset(folder) : serve());
