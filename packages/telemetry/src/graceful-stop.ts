import type { Log } from './log.ts';

/** How long a process may take to stop before it is ended. */
const STOP_WITHIN_MS = 15_000;

/**
 * Stops a deployable on SIGINT or SIGTERM, once, and ends the process: with 0 after a clean stop, with 1 when `stop`
 * failed or took longer than 15 s.
 */
export function stopOnSignal(log: Log, stop: () => Promise<void>): void {
  let stopping = false;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    try {
      await stop();
      process.exit(0);
    } catch (error) {
      log.error({ err: error }, 'the stop failed');
      process.exit(1);
    }
  };
  process.on('SIGINT', (signal) => void end(signal));
  process.on('SIGTERM', (signal) => void end(signal));
}
