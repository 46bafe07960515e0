/** Stops what was started, in reverse order. */
export interface Teardown {
  /** Registers something that was just started. @param what its name for the error message */
  add(what: string, stop: () => Promise<void> | void): void;
  /** Stops everything, once; a failure does not keep the rest from being stopped. */
  run(): Promise<void>;
}

/** @param report called with each failure to stop */
export function teardown(report: (what: string, error: unknown) => void): Teardown {
  const stops: { what: string; stop: () => Promise<void> | void }[] = [];
  let running: Promise<void> | undefined;
  const runAll = async (): Promise<void> => {
    for (let last = stops.pop(); last; last = stops.pop()) {
      try {
        await last.stop();
      } catch (error) {
        report(last.what, error);
      }
    }
  };
  return {
    add: (what, stop) => void stops.push({ what, stop }),
    run: () => (running ??= runAll()),
  };
}
