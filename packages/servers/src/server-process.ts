import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { closeSync, lstatSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import type { Account } from './account.ts';
import type { Reaper } from './reaper.ts';
import { stopProcess, identify, isAlive, type ProcessIdentity } from './process-identity.ts';
import { freePort } from './free-port.ts';
import { SetupError } from './setup-error.ts';

/** A server started by this process. */
export interface RunningServer {
  url: string;
  pid: number;
  /** Resolves when the server has ended, whether stopped or crashed. */
  ended: Promise<void>;
  /** Shuts the server down in an orderly way. Resolves when it has ended. */
  stop(): Promise<void>;
}

/** How to start a kind of server, and to know that it is ready. */
export interface ServerSpec {
  name: string;
  command: (port: number) => { program: string; args: string[]; input?: string; env?: NodeJS.ProcessEnv };
  /** The port to listen on; a free one by default. */
  port?: number;
  url: (port: number) => string;
  /** Resolves once the server answers; repeated until it does. */
  ping: (url: string) => Promise<unknown>;
  /** The time limit for it to answer, in milliseconds; 30 s by default. */
  readyMs?: number;
  account: Account | undefined;
  cwd: string;
  logFile: string;
  /** Records the pid, so that the next start can stop a server that outlived its parent. */
  recordFile: string;
  reaper: Reaper;
}

const MAX_ATTEMPTS = 4;
const READY_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 15_000;
const LOG_LIMIT_BYTES = 10_000_000;

/**
 * Starts a server and waits until it answers. Retries, because another program may take the port meanwhile, and the
 * processes of a killed Postgres release their shared memory with a delay.
 *
 * @throws {SetupError} with the last lines of the server's log when it does not start
 */
export async function startServer(spec: ServerSpec): Promise<RunningServer> {
  for (let attempt = 1; ; attempt++) {
    const port = spec.port ?? (await freePort());
    const child = launch(spec, port);
    const url = spec.url(port);
    if (child.pid !== undefined && (await waitUntilReady(spec, url, child)))
      return running(spec, child, child.pid, url);
    if (attempt === MAX_ATTEMPTS) throw new SetupError(`${spec.name} did not start:\n${lastLines(spec.logFile)}`);
    await new Promise((resolve) => setTimeout(resolve, 300 * attempt));
  }
}

/** Stops the server that a killed process left behind, as recorded in the file. @returns whether there was one */
export async function stopLeftover(recordFile: string): Promise<boolean> {
  const identity = readRecord(recordFile);
  const found = identity !== undefined && isAlive(identity);
  if (found) await stopProcess(identity, 'SIGINT', STOP_TIMEOUT_MS);
  rmSync(recordFile, { force: true });
  return found;
}

/** Ignores a record written by another user, who could have us stop any process. */
function readRecord(file: string): ProcessIdentity | undefined {
  try {
    const me = process.getuid?.();
    if (me !== undefined && lstatSync(file).uid !== me) return undefined;
    const { pid, started } = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProcessIdentity>;
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
  } catch {
    // Missing, or truncated by a crash.
    return undefined;
  }
}

function launch(spec: ServerSpec, port: number): ChildProcess {
  const { program, args, input, env } = spec.command(port);
  const size = statSync(spec.logFile, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(spec.logFile, size > LOG_LIMIT_BYTES ? 'w' : 'a', 0o600);
  const options: SpawnOptions = {
    ...spec.account,
    cwd: spec.cwd,
    ...(env && { env }),
    // A separate session, so that Ctrl-C reaches this process only, which stops its servers last.
    detached: true,
    stdio: [input === undefined ? 'ignore' : 'pipe', log, log],
  };
  const child = spawn(program, args, options);
  closeSync(log);
  child.on('error', () => {});
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  if (child.pid !== undefined) {
    spec.reaper.watch(child.pid);
    writeFileSync(spec.recordFile, JSON.stringify(identify(child.pid) ?? {}), { mode: 0o600 });
  }
  return child;
}

async function waitUntilReady(spec: ServerSpec, url: string, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + (spec.readyMs ?? READY_TIMEOUT_MS);
  while (child.exitCode === null && child.signalCode === null) {
    try {
      await spec.ping(url);
      return true;
    } catch (error) {
      if (Date.now() > deadline) {
        child.kill('SIGKILL');
        throw new SetupError(`${spec.name} does not answer: ${String(error)}\n${lastLines(spec.logFile)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }
  return false;
}

function running(spec: ServerSpec, child: ChildProcess, pid: number, url: string): RunningServer {
  const over = child.exitCode !== null || child.signalCode !== null;
  const ended = (over ? Promise.resolve() : once(child, 'exit')).then(() => rmSync(spec.recordFile, { force: true }));
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(late);
  };
  return { url, pid, ended, stop };
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}
