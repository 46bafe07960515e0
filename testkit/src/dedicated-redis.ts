import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectOnce } from '@marquee/redis';
import { freePort, redisProgram } from '@marquee/servers';
import { onTestFinished } from 'vitest';
import { eventually } from './eventually.ts';

/** A Redis for one test, which may kill it and start it again on the same port. */
export interface DedicatedRedis {
  readonly url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
}

/**
 * Starts a Redis that stops with the test.
 *
 * @param durable whether the data survives a kill
 * @param options of its command line, such as `--maxmemory`
 */
export async function dedicatedRedis(durable: boolean, options: readonly string[] = []): Promise<DedicatedRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const persistence = durable ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--save', ''];
  let server: ChildProcess | null = null;
  const kill = async (): Promise<void> => {
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  const start = async (): Promise<void> => {
    const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, ...persistence, ...options];
    server = spawn(redisProgram(), settings, { stdio: 'ignore' });
    const probe = await eventually(() => connectOnce(url));
    probe.disconnect();
  };
  onTestFinished(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  await start();
  return { url, start, kill };
}
