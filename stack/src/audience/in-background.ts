import type { Progress } from '../progress.ts';
import type { StackSettings } from '../settings.ts';
import { openStackLog } from '../stack-log.ts';
import type { StateFolder } from '../state-folder.ts';
import type { RunningSupergraph } from '../supergraph.ts';
import { seedBookings } from './seed-bookings.ts';

interface SeedInBackgroundDeps {
  readonly supergraph: RunningSupergraph;
  readonly settings: StackSettings;
  readonly state: StateFolder;
  readonly progress: Progress;
}

/** Seeds bookings while the stack serves; a failure is logged and stops nothing else. @returns how to stop it */
export function seedBookingsInBackground({
  supergraph: { endpoint, databaseUrls },
  settings,
  state,
  progress,
}: SeedInBackgroundDeps): () => Promise<void> {
  const log = openStackLog({ file: state.logFile, level: settings.logLevel, onError: progress.say })('seed');
  const stopped = new AbortController();
  const { signal } = stopped;
  const seeding = seedBookings({ endpoint, databaseUrls, log, signal }).catch((err: unknown) => {
    if (!signal.aborted) log.error({ err }, 'not all demo bookings could be made');
  });
  return async () => {
    stopped.abort();
    await seeding;
  };
}
