/** Reports the progress of a start to the terminal. */
export interface Progress {
  /** Prints the step's label, runs it and prints its duration. */
  step<T>(label: string, work: () => Promise<T>): Promise<T>;
  say(line: string): void;
}

export function progressOn(output: NodeJS.WritableStream): Progress {
  return {
    say: (line) => void output.write(`${line}\n`),
    step: async (label, work) => {
      const started = performance.now();
      output.write(`  ${label}… `);
      try {
        const result = await work();
        output.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`);
        return result;
      } catch (error) {
        output.write('failed\n');
        throw error;
      }
    },
  };
}
