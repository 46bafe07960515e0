import { cpus } from 'node:os';

/** Command-line options. */
export interface BenchmarkOptions {
  /** Prints the report as one JSON document, and nothing else, on standard output. */
  readonly json: boolean;
  /** Fewer and shorter rounds, for a smoke test and rough figures. */
  readonly quick: boolean;
  /** A folder for a CPU profile of this gateway. */
  readonly profile?: string | undefined;
}

/** The exports of `bench/src/<name>/index.ts`. */
export interface Benchmark {
  /**
   * Prints the report, and resolves when every started process has ended. Sets the exit code when a target is missed.
   */
  run(options: BenchmarkOptions): Promise<void>;
}

/** A figure with its bound. */
export interface Target {
  readonly what: string;
  readonly figure: number;
  readonly bound: number;
  readonly isMet: boolean;
}

export function atLeast(what: string, figure: number, bound: number): Target {
  return { what, figure, bound, isMet: figure >= bound };
}

export function below(what: string, figure: number, bound: number): Target {
  return { what, figure, bound, isMet: figure < bound };
}

export function atMost(what: string, figure: number, bound: number): Target {
  return { what, figure, bound, isMet: figure <= bound };
}

/** The machine and date of the figures, without which they cannot be interpreted. */
export function machine(): {
  readonly date: string;
  readonly node: string;
  readonly cores: number;
  readonly cpu: string;
} {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    cores: processors.length,
    cpu: processors[0]?.model ?? 'unknown',
  };
}
