import { cpus } from 'node:os';

/** What the command line says. */
export interface BenchmarkOptions {
  /** The report is one JSON document on standard output, and nothing else is written there. */
  readonly json: boolean;
  /** Fewer and shorter rounds: to see that all works, and about how it stands. */
  readonly quick: boolean;
  /** A folder for a CPU profile of this gateway. */
  readonly profile?: string | undefined;
}

/** What `bench/src/<name>/index.ts` exports. */
export interface Benchmark {
  /** Prints its report and resolves when everything that it started has ended. Sets the exit code when a target is missed. */
  run(options: BenchmarkOptions): Promise<void>;
}

/** A figure that must not be worse than a bound. */
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

/** Where and when figures were taken: without it they say nothing. */
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
