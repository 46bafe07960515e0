/** What was started, to be stopped in the opposite order. */
export interface Teardown {
  /** Called right after something has started; `what` is for the message when stopping it fails. */
  add(what: string, stop: () => Promise<void> | void): void;
  /** Stops everything once, also what comes after something that failed to stop. */
  run(): Promise<void>;
}

/** An empty list; `report` hears of what could not be stopped. */
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
