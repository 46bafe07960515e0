/** Reports the progress of a start to the terminal. */
export interface Progress {
  /** Prints the step's label, runs it and prints its duration. @throws the reason of a stop requested meanwhile */
  step<T>(label: string, work: () => Promise<T>): Promise<T>;
  say(line: string): void;
}

/** @param signal aborted when a stop is requested */
export function progressOn(output: NodeJS.WritableStream, signal: AbortSignal): Progress {
  return {
    say: (line) => void output.write(`${line}\n`),
    step: async (label, work) => {
      output.write(`  ${label}… `);
      const result = await timed(output, work);
      signal.throwIfAborted();
      return result;
    },
  };
}

async function timed<T>(output: NodeJS.WritableStream, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    const result = await work();
    output.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    output.write('failed\n');
    throw error;
  }
}
