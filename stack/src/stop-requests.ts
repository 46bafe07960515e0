import { programName, parentPid } from '@marquee/servers';

/** The ways in which this process is told to end. */
export interface StopRequests {
  /** Aborted at the first request; work in progress may look at it. */
  signal: AbortSignal;
  /** Why, once it was asked. */
  reason: string;
  /** Asks from within: something that the stack cannot do without is gone. */
  fail(reason: string): void;
  untilAsked(): Promise<void>;
}

/** A terminal and npm each pass on the same Ctrl-C; what comes later than this is a second one. */
const SAME_MS = 1000;

/**
 * Listens to Ctrl-C, to the signals of process managers and to the end of the `npm start` that this process belongs
 * to: npm killed outright cannot pass anything on. A second Ctrl-C ends the process at once.
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
    untilAsked: async () => {
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
      if (askedAt !== undefined && Date.now() - askedAt > SAME_MS && name === 'SIGINT') of.exit(130);
      ask(name === 'SIGINT' ? 'Interrupted' : `Received ${name}`);
    });
  }
  of.on('uncaughtException', (error) => {
    console.error(error);
    requests.fail('An error was not handled');
  });
  watchParent(of, () => ask('npm start has ended'));
  return requests;
}

/** npm runs a script in a shell, which may or may not have put the program in its own place. */
function watchParent(of: NodeJS.Process, gone: () => void): void {
  if (!['start', 'start:distributed'].includes(of.env['npm_lifecycle_event'] ?? '')) return;
  const parent = of.ppid;
  const shellOf = programName(parent)?.endsWith('sh') ? parentPid(parent) : undefined;
  const orphaned = (): boolean => of.ppid !== parent || (shellOf !== undefined && parentPid(parent) !== shellOf);
  setInterval(() => orphaned() && gone(), 500).unref();
}
