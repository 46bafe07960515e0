/** The wait between two rounds of a polling loop, which can be cut short. */
export interface PollTimer {
  /** Resolves after the time, in milliseconds, or at once when {@link wake} was called since the last wait. */
  wait(ms: number): Promise<void>;
  wake(): void;
  /** Forgets earlier calls of {@link wake}, whose cause is about to be seen. */
  reset(): void;
}

export function pollTimer(): PollTimer {
  let woken = false;
  let resume: (() => void) | null = null;
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          resume = null;
          woken = false;
          resolve();
        };
        const timer = setTimeout(done, ms);
        resume = done;
        if (woken) done();
      }),
    wake: () => {
      woken = true;
      resume?.();
    },
    reset: () => {
      woken = false;
    },
  };
}
