import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../packages/servers/src/free-port.ts';
import { LOAD_CORE, PinnedProcess } from './pinned-process.ts';

/** The processes of a benchmark and a folder for their files, all removed together. */
export class ProcessGroup {
  readonly folder = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
  readonly #processes: PinnedProcess[] = [];

  start(command: readonly string[], core: number, env: Readonly<Record<string, string>> = {}): PinnedProcess {
    const started = new PinnedProcess(command, { core, env });
    this.#processes.push(started);
    return started;
  }

  /** Starts a Redis. @returns its URL */
  async startRedis(): Promise<string> {
    const port = await freePort();
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', this.folder];
    this.start(['redis-server', ...options], LOAD_CORE);
    return `redis://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.toReversed().map((each) => each.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Opens a setup, and stops its processes when that fails. */
export async function withProcesses<T>(open: (processes: ProcessGroup) => Promise<T>): Promise<T> {
  const processes = new ProcessGroup();
  try {
    return await open(processes);
  } catch (error) {
    await processes.stop();
    throw error;
  }
}
