/** Work that a subgraph repeats in the background. Correctness never depends on when, or whether, it runs. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}

/** A job at work. */
export interface RunningJob {
  /** Waits for the run in progress, if any, and starts no other. */
  stop(): Promise<void>;
}

/**
 * Runs a job now and then every so many milliseconds after the last run ended: never two runs at once.
 *
 * @param onError called when a run fails; the next one comes all the same
 */
export function startJob(
  job: Job,
  onError: (job: Job, error: unknown) => void,
  onRun: () => void = () => undefined,
): RunningJob {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const run = async (): Promise<void> => {
    try {
      await job.run();
      onRun();
    } catch (error) {
      onError(job, error);
    }
    if (!stopped) timer = setTimeout(start, job.everyMs);
  };
  let running = Promise.resolve();
  const start = (): void => {
    running = run();
  };
  start();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
