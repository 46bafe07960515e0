import { type RunningServer, type ServerSpec, startServer } from '@marquee/servers';

/** A service that is restarted when it crashes. */
export interface SupervisedService {
  stop(): Promise<void>;
}

export interface SupervisionOptions {
  /** Reports each crash and restart. */
  say: (message: string) => void;
  /** Called once, when the service is given up. */
  onLoss: (message: string) => void;
  now?: () => number;
}

/** A service that crashes more often within the window is not restarted again. */
const MAX_CRASHES = 3;
const WINDOW_MS = 60_000;

/**
 * Starts a service, and restarts it when it crashes.
 *
 * @throws {SetupError} with the last lines of its log when the first start fails
 */
export async function supervise(
  spec: ServerSpec,
  { say, onLoss, now = Date.now }: SupervisionOptions,
): Promise<SupervisedService> {
  let starting = startServer(spec);
  let isStopping = false;
  let crashes: number[] = [];

  const watch = async (running: RunningServer): Promise<void> => {
    await running.ended;
    if (isStopping) return;
    crashes = [...crashes.filter((at) => now() - at < WINDOW_MS), now()];
    if (crashes.length > MAX_CRASHES) return onLoss(`${spec.name} keeps crashing. Read its log: ${spec.logFile}`);
    say(`${spec.name} has crashed and is restarted. Its log: ${spec.logFile}`);
    starting = startServer(spec);
    try {
      const again = await starting;
      if (!isStopping) say(`${spec.name} is running again.`);
      void watch(again);
    } catch (error) {
      if (!isStopping) onLoss(error instanceof Error ? error.message : String(error));
    }
  };

  void watch(await starting);
  return {
    stop: async () => {
      isStopping = true;
      // Wait for a restart under way: a service can shut down cleanly only once it has started.
      const running = await starting.catch(() => undefined);
      await running?.stop();
    },
  };
}
