/** Tells the person at the terminal what is going on. */
export interface Progress {
  /** Names a step before it begins and says how long it took when it has ended. */
  step<T>(label: string, work: () => Promise<T>): Promise<T>;
  say(line: string): void;
}

/** Writes to the given stream, one line a step. */
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
