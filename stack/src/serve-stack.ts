import { EnvironmentError } from '@marquee/environment';
import { databaseNames } from './databases.ts';
import { takeLock } from './lock.ts';
import { requirePort } from './port.ts';
import { progressOn } from './progress.ts';
import { requireReachable } from './reachable.ts';
import { SetupError } from '@marquee/servers';
import { requireOwnDatabases, settingsFrom } from './settings.ts';
import type { StackDeps } from './stack.ts';
import { openStateFolder } from './state-folder.ts';
import { defaultStateFolder } from '@marquee/servers/state-path';
import { stopRequests } from './stop-requests.ts';
import type { RunningSupergraph } from './supergraph.ts';
import { teardown } from './teardown.ts';

const STOP_LIMIT_MS = 30_000;

/** Starts a stack by `start`, serves until a stop is requested, and exits the process. */
export async function serveStack(start: (deps: StackDeps) => Promise<RunningSupergraph>): Promise<void> {
  const stops = teardown((what, error) => console.error(`Could not stop ${what}:`, error));
  const requests = stopRequests(process);
  const progress = progressOn(process.stdout, requests.signal);
  // A closed terminal or pipe must not stop the stack.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

  const run = async (): Promise<void> => {
    const settings = settingsFrom(process.env, databaseNames());
    requireOwnDatabases(settings);
    const state = openStateFolder(defaultStateFolder(process.env));
    const taken = takeLock(state.lockFile);
    if ('holder' in taken) {
      const { pid, address = 'still starting' } = taken.holder;
      throw new SetupError(`The stack is already running (pid ${pid}): ${address}. Use that one, or stop it first.`);
    }
    stops.add('the lock', taken.lock.release);
    await requirePort(settings.host, settings.port);
    await requireReachable(settings);
    const supergraph = await start({ settings, state, stops, progress, requests, environment: process.env });
    taken.lock.announce(supergraph.endpoint);
    const { welcome } = await import('./welcome.ts');
    progress.say(welcome(supergraph, process.uptime()));
    if (!settings.seedBookings) return;
    const { seedBookingsInBackground } = await import('./audience/in-background.ts');
    stops.add('the seed of bookings', seedBookingsInBackground({ supergraph, settings, state, progress }));
  };

  try {
    await run();
    await requests.stopRequested();
  } catch (error) {
    if (!requests.signal.aborted) {
      process.exitCode = 1;
      console.error(isSetupProblem(error) ? `\n${error.message}` : error);
    }
  }
  if (requests.signal.aborted) progress.say(`\n${requests.reason}: stopping.`);
  forceExitAfter(STOP_LIMIT_MS);
  await stops.run();
  process.exit();
}

/** Whether an error is for the user to fix, so that its message suffices. */
function isSetupProblem(error: unknown): error is Error {
  return error instanceof SetupError || error instanceof EnvironmentError;
}

/** Exits the process even when a component does not stop. */
function forceExitAfter(afterMs: number): void {
  setTimeout(() => {
    console.error('The stack did not stop in time: exiting anyway.');
    process.exit(1);
  }, afterMs).unref();
}
