import { programName, parentPid } from '@marquee/servers';

/** Requests to stop this process. */
export interface StopRequests {
  /** Aborted at the first request. */
  signal: AbortSignal;
  /** The reason of the first request; empty before. */
  reason: string;
  /** Requests a stop because of a failure, with exit code 1. */
  fail(reason: string): void;
  stopRequested(): Promise<void>;
}

/** A terminal and npm both deliver the same Ctrl-C; a signal later than this is a second one. */
const SECOND_SIGNAL_MS = 1000;

/**
 * Watches for Ctrl-C, for signals of process managers and for the end of the parent `npm start`, which cannot forward a
 * SIGKILL. A second Ctrl-C exits at once.
 */
export function stopRequests(of: NodeJS.Process): StopRequests {
  const controller = new AbortController();
  const requests: StopRequests = {
    signal: controller.signal,
    reason: '',
    fail: (reason) => {
      of.exitCode = 1;
      ask(reason);
    },
    stopRequested: async () => {
      if (controller.signal.aborted) return;
      await new Promise((resolve) => controller.signal.addEventListener('abort', resolve, { once: true }));
    },
  };
  let askedAt: number | undefined;
  const ask = (reason: string): void => {
    if (askedAt !== undefined) return;
    askedAt = Date.now();
    requests.reason = reason;
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    of.on(name, () => {
      if (askedAt !== undefined && Date.now() - askedAt > SECOND_SIGNAL_MS && name === 'SIGINT') of.exit(130);
      ask(name === 'SIGINT' ? 'Interrupted' : `Received ${name}`);
    });
  }
  of.on('uncaughtException', (error) => {
    console.error(error);
    requests.fail('Uncaught error');
  });
  watchParent(of, () => ask('npm start has ended'));
  return requests;
}

/** Watches the parent and, if that is npm's shell, the grandparent: some shells replace themselves by the program. */
function watchParent(of: NodeJS.Process, gone: () => void): void {
  if (!['start', 'start:distributed'].includes(of.env['npm_lifecycle_event'] ?? '')) return;
  const parent = of.ppid;
  const shellOf = programName(parent)?.endsWith('sh') ? parentPid(parent) : undefined;
  const orphaned = (): boolean => of.ppid !== parent || (shellOf !== undefined && parentPid(parent) !== shellOf);
  setInterval(() => orphaned() && gone(), 500).unref();
}
