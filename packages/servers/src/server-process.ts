import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { closeSync, lstatSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import type { Account } from './account.ts';
import type { Guard } from './guard.ts';
import { endProcess, identify, isAlive, type ProcessIdentity } from './process-identity.ts';
import { freePort } from './free-port.ts';
import { SetupError } from './setup-error.ts';

/** A server started by this process. */
export interface RunningServer {
  url: string;
  pid: number;
  /** Settles when the server has ended, asked for or not. */
  ended: Promise<void>;
  /** Asks it to shut down in order and returns when it is gone. */
  stop(): Promise<void>;
}

/** What it takes to start one kind of server on a given port. */
export interface ServerRecipe {
  name: string;
  command: (port: number) => { program: string; args: string[]; input?: string; env?: NodeJS.ProcessEnv };
  /** Where it listens; a free port when not given. */
  port?: number;
  url: (port: number) => string;
  /** Settles once the server answers; may be called again after it threw. */
  ping: (url: string) => Promise<unknown>;
  /** How long it may take to answer, ms; 30 s when not given. */
  readyMs?: number;
  account: Account | undefined;
  cwd: string;
  logFile: string;
  /** Where the pid is noted, so that a later start can end a server which outlived its starter. */
  recordFile: string;
  guard: Guard;
}

const ATTEMPTS = 4;
const READY_MS = 30_000;
const STOP_MS = 15_000;
const LOG_LIMIT_BYTES = 10_000_000;

/**
 * Starts the server on its port, or a free one of 127.0.0.1, and waits until it answers. A few attempts, for somebody else may
 * take the port in between, and the backends of a killed predecessor need a moment to let go of their shared memory.
 *
 * @throws {SetupError} with the last lines of the server's log when it does not come up.
 */
export async function startServer(recipe: ServerRecipe): Promise<RunningServer> {
  for (let attempt = 1; ; attempt++) {
    const port = recipe.port ?? (await freePort());
    const child = launch(recipe, port);
    const url = recipe.url(port);
    if (child.pid !== undefined && (await answers(recipe, url, child))) return running(recipe, child, child.pid, url);
    if (attempt === ATTEMPTS) throw new SetupError(`${recipe.name} did not start:\n${lastLines(recipe.logFile)}`);
    await new Promise((resolve) => setTimeout(resolve, 300 * attempt));
  }
}

/** Ends the server noted in the file, left behind by a process that was killed. Returns whether there was one. */
export async function endLeftover(recordFile: string): Promise<boolean> {
  const identity = readRecord(recordFile);
  const found = identity !== undefined && isAlive(identity);
  if (found) await endProcess(identity, 'SIGINT', STOP_MS);
  rmSync(recordFile, { force: true });
  return found;
}

/** A record that somebody else put there names a process of their choice, not one of ours. */
function readRecord(file: string): ProcessIdentity | undefined {
  try {
    const me = process.getuid?.();
    if (me !== undefined && lstatSync(file).uid !== me) return undefined;
    const { pid, started } = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProcessIdentity>;
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
  } catch {
    // Missing, or cut short by a crash: there is nothing to go by.
    return undefined;
  }
}

function launch(recipe: ServerRecipe, port: number): ChildProcess {
  const { program, args, input, env } = recipe.command(port);
  const size = statSync(recipe.logFile, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(recipe.logFile, size > LOG_LIMIT_BYTES ? 'w' : 'a', 0o600);
  const options: SpawnOptions = {
    ...recipe.account,
    cwd: recipe.cwd,
    ...(env && { env }),
    // A session of its own: Ctrl-C must reach this process alone, which stops its servers last.
    detached: true,
    stdio: [input === undefined ? 'ignore' : 'pipe', log, log],
  };
  const child = spawn(program, args, options);
  closeSync(log);
  child.on('error', () => {});
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  if (child.pid !== undefined) {
    recipe.guard.watch(child.pid);
    writeFileSync(recipe.recordFile, JSON.stringify(identify(child.pid) ?? {}), { mode: 0o600 });
  }
  return child;
}

async function answers(recipe: ServerRecipe, url: string, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + (recipe.readyMs ?? READY_MS);
  while (child.exitCode === null && child.signalCode === null) {
    try {
      await recipe.ping(url);
      return true;
    } catch (error) {
      if (Date.now() > deadline) {
        child.kill('SIGKILL');
        throw new SetupError(`${recipe.name} does not answer: ${String(error)}\n${lastLines(recipe.logFile)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }
  return false;
}

function running(recipe: ServerRecipe, child: ChildProcess, pid: number, url: string): RunningServer {
  const over = child.exitCode !== null || child.signalCode !== null;
  const ended = (over ? Promise.resolve() : once(child, 'exit')).then(() => rmSync(recipe.recordFile, { force: true }));
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(late);
  };
  return { url, pid, ended, stop };
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}
