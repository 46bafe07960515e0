import type { Log } from './log.ts';

/** The time limit for an orderly stop, after which the process exits. */
const STOP_TIMEOUT_MS = 15_000;

/**
 * Stops a deployable on the first SIGINT or SIGTERM and exits: with 0 after an orderly stop, with 1 when `stop` failed or
 * took longer than 15 s.
 */
export function stopOnSignal(log: Log, stop: () => Promise<void>): void {
  let stopping = false;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
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
