import type { Stack } from './stack.ts';

/** Where the stack of this run is. */
export type Run = Omit<Stack, 'stop'>;

const VARIABLE = 'BROWSER_TESTS_RUN';

/** Tells the workers, which inherit the environment. */
export function setRun(run: Run): void {
  process.env[VARIABLE] = JSON.stringify(run);
}

export function currentRun(): Run {
  const text = process.env[VARIABLE];
  if (text === undefined) throw new Error('No stack runs: start the tests by npm run test:browser.');
  return JSON.parse(text) as Run;
}
