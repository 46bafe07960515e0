import { setTimeout as delay } from 'node:timers/promises';

/** A background loop. */
export interface BackgroundLoop {
  /** Runs the work now. */
  kick(): void;
  stop(): Promise<void>;
}

/**
 * Repeats `work` until stopped: at once after a kick or a run that found something, otherwise after `idleMs`.
 *
 * @param work returns how much it found
 */
export function startLoop(
  work: () => Promise<number>,
  idleMs: number,
  onError: (error: unknown) => void,
): BackgroundLoop {
  const stopped = new AbortController();
  let sleep = new AbortController();
  let kicked = false;
  const pass = async (): Promise<void> => {
    kicked = false;
    const found = await work().catch((error: unknown) => {
      onError(error);
      return 0;
    });
    if (found > 0 || kicked || stopped.signal.aborted) return;
    sleep = new AbortController();
    await delay(idleMs, undefined, { signal: sleep.signal }).catch(() => undefined);
  };
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) await pass();
  };
  const running = run();
  const kick = (): void => {
    kicked = true;
    sleep.abort();
  };
  return {
    kick,
    stop: async () => {
      stopped.abort();
      kick();
      await running;
    },
  };
}
