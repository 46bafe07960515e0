/** A periodic background task. Correctness never depends on when, or whether, it runs. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}

export interface RunningJob {
  /** Waits for a run in progress and starts no other. */
  stop(): Promise<void>;
}

/**
 * Runs a job now, and again `everyMs` after each run has ended. Runs never overlap.
 *
 * @param onError called when a run fails; later runs are not affected
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
