import { type RunningServer, type ServerSpec, startServer } from '@marquee/servers';

/** A service that is started again when it ends by itself. */
export interface SupervisedService {
  stop(): Promise<void>;
}

export interface SupervisionOptions {
  /** Told of each end, and of each new start. */
  say: (message: string) => void;
  /** Called once, when the service does not stay up. */
  onLoss: (message: string) => void;
  now?: () => number;
}

/** A service that ends more often than this within the window is broken: starting it again would not help. */
const MOST_ENDS = 3;
const WINDOW_MS = 60_000;

/**
 * Starts a service and keeps it up.
 *
 * @throws {SetupError} with the last lines of its log when it does not come up in the first place.
 */
export async function supervise(
  recipe: ServerSpec,
  { say, onLoss, now = Date.now }: SupervisionOptions,
): Promise<SupervisedService> {
  let starting = startServer(recipe);
  let isStopping = false;
  let ends: number[] = [];

  const watch = async (running: RunningServer): Promise<void> => {
    await running.ended;
    if (isStopping) return;
    ends = [...ends.filter((at) => now() - at < WINDOW_MS), now()];
    if (ends.length > MOST_ENDS) return onLoss(`${recipe.name} keeps ending: its log is ${recipe.logFile}`);
    say(`${recipe.name} has ended by itself and is started again; its log is ${recipe.logFile}`);
    starting = startServer(recipe);
    try {
      const again = await starting;
      if (!isStopping) say(`${recipe.name} serves again.`);
      void watch(again);
    } catch (error) {
      if (!isStopping) onLoss(error instanceof Error ? error.message : String(error));
    }
  };

  void watch(await starting);
  return {
    stop: async () => {
      isStopping = true;
      // One that is just coming up again is let up first: only then does it stop in order.
      const running = await starting.catch(() => undefined);
      await running?.stop();
    },
  };
}
