/** A wait that can be cut short: what a polling loop does between its rounds. */
export interface Pace {
  /** Resolves after the time, in milliseconds, or at once when {@link wake} was called since the last wait. */
  wait(ms: number): Promise<void>;
  wake(): void;
}

export function pace(): Pace {
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
  };
}
