import { EnvironmentError } from '@marquee/environment';
import { databaseNames } from './databases.ts';
import { takeLock } from './lock.ts';
import { requirePort } from './port.ts';
import { progressOn } from './progress.ts';
import { SetupError } from '@marquee/servers';
import { settingsFrom } from './settings.ts';
import type { StackDeps } from './stack.ts';
import { openStateFolder } from './state-folder.ts';
import { defaultStateFolder } from '@marquee/servers/state-path';
import { stopRequests } from './stop-requests.ts';
import type { RunningSupergraph } from './supergraph.ts';
import { teardown } from './teardown.ts';

const STOP_LIMIT_MS = 30_000;

/** Starts a stack in one way or the other, and serves until this process is told to stop; then ends the process. */
export async function serveStack(start: (deps: StackDeps) => Promise<RunningSupergraph>): Promise<void> {
  const progress = progressOn(process.stdout);
  const stops = teardown((what, error) => console.error(`Could not stop ${what}:`, error));
  const requests = stopRequests(process);
  // A terminal that was closed or a pipe nobody reads any more is no reason to stop serving.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

  const run = async (): Promise<void> => {
    const settings = settingsFrom(process.env, databaseNames());
    const state = openStateFolder(defaultStateFolder(process.env));
    const taken = takeLock(state.lockFile);
    if ('holder' in taken) {
      const { pid, address = 'still starting' } = taken.holder;
      throw new SetupError(`The stack is already running (pid ${pid}): ${address}`);
    }
    stops.add('the lock', taken.lock.release);
    await requirePort(settings.host, settings.port);
    const supergraph = await start({ settings, state, stops, progress, requests, environment: process.env });
    taken.lock.announce(supergraph.endpoint);
    const { welcome } = await import('./welcome.ts');
    progress.say(welcome(supergraph, process.uptime()));
  };

  try {
    await run();
    await requests.untilAsked();
  } catch (error) {
    if (!requests.signal.aborted) {
      process.exitCode = 1;
      console.error(isForPeople(error) ? `\n${error.message}` : error);
    }
  }
  if (requests.signal.aborted) progress.say(`\n${requests.reason}: stopping.`);
  endAnyway(STOP_LIMIT_MS);
  await stops.run();
  process.exit();
}

/** What somebody has to set right before a stack can start: the message says how. */
function isForPeople(error: unknown): error is Error {
  return error instanceof SetupError || error instanceof EnvironmentError;
}

/** A part that does not stop must not keep the terminal. */
function endAnyway(afterMs: number): void {
  setTimeout(() => {
    console.error('It does not stop: giving up on it.');
    process.exit(1);
  }, afterMs).unref();
}
