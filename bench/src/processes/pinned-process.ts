import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { ReplyMessage } from './commands.ts';

/** The gateway under test has its own core; load generator and subgraphs share the other. */
export const GATEWAY_CORE = 0;
export const LOAD_CORE = 1;

export interface ProcessOptions {
  readonly core: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** The command that runs a script, TypeScript or not, relative to `bench/`. */
export function nodeCommand(script: string, args: readonly string[] = [], options: readonly string[] = []): string[] {
  const loader = script.endsWith('.ts') ? ['--import', 'tsx'] : [];
  return [process.execPath, ...loader, ...options, script, ...args];
}

const TASKSET = '/usr/bin/taskset';
const BENCH = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 60_000;

/** Whether processes are pinned to cores, which requires Linux. */
export const arePinned = existsSync(TASKSET);

/** A program on one core, with its output for error messages. */
export class PinnedProcess {
  readonly child: ChildProcess;
  #output = '';
  #nextId = 1;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #ready: Promise<void>;

  constructor(command: readonly string[], { core, env = {} }: ProcessOptions) {
    const pinned = arePinned ? [TASKSET, '-c', String(core), ...command] : command;
    const [program, ...rest] = pinned as [string, ...string[]];
    this.child = spawn(program, rest, {
      cwd: BENCH,
      env: { ...process.env, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: 'true', ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#output = (this.#output + String(chunk)).slice(-10_000)));
    }
    let onReady = () => {};
    this.#ready = new Promise((resolve) => (onReady = resolve));
    this.child.on('message', (message: ReplyMessage) => (message.id === 0 ? onReady() : this.#settle(message)));
    this.child.on('exit', () => this.#fail(new Error(`${command.join(' ')} ended\n${this.#output}`)));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get output(): string {
    return this.#output;
  }

  /** Resolves when the program answers commands. */
  async ready(): Promise<void> {
    const ended = once(this.child, 'exit').then(() => {
      throw new Error(`A process of the benchmark did not start\n${this.#output}`);
    });
    await Promise.race([this.#ready, ended]);
  }

  /** Sends a command to the program. @returns its reply */
  ask<T>(command: string, argument?: unknown): Promise<T> {
    const id = this.#nextId++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.child.send({ id, command, argument });
    });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
  }

  #settle({ id, result, error }: ReplyMessage): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(error));
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** Waits until a GraphQL endpoint answers. @throws with the program's output after a minute */
export async function waitUntilAnswering(
  url: string,
  program: PinnedProcess,
  headers: Record<string, string>,
): Promise<void> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    if (program.child.exitCode !== null) throw new Error(`The gateway did not start\n${program.output}`);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"query":"{ __typename }"}',
      });
      if (response.ok && ((await response.json()) as { data?: unknown }).data) return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    if (Date.now() > deadline) throw new Error(`The gateway does not answer\n${program.output}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Waits until a port is open. @throws with the program's output after a minute */
export async function waitUntilListening(port: number, program: PinnedProcess): Promise<void> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      const answer = (open: boolean) => {
        socket.destroy();
        resolve(open);
      };
      socket.on('connect', () => answer(true)).on('error', () => answer(false));
    });
    if (isOpen) return;
    if (program.child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`A server does not listen\n${program.output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Resident memory of a process tree, in MB. */
export function residentMegabytes(pid: number): number {
  const kilobytes = (id: number) => Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${id}/status`))?.[1] ?? 0);
  return processTree(pid).reduce((total, id) => total + kilobytes(id), 0) / 1024;
}

/** CPU time of a process tree, in seconds. */
export function processorSeconds(pid: number): number {
  const ticks = (id: number) => {
    // The name, in parentheses, may contain anything, so fields are counted after it.
    const fields = read(`/proc/${id}/stat`).split(') ').at(-1)?.split(' ') ?? [];
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  };
  return processTree(pid).reduce((total, id) => total + ticks(id), 0) / TICKS_PER_SECOND;
}

const TICKS_PER_SECOND = 100;

/** A process, then its children and theirs. */
export function processTree(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).trim().split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(processTree)];
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
