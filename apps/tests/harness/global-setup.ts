import { startStack } from './stack.ts';
import { setRun } from './run.ts';

/** Starts the stack of the run, unless `BROWSER_TESTS_RUN` describes one that is running. */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['BROWSER_TESTS_RUN'] !== undefined) return undefined;
  const { stop, ...run } = await startStack(process.env['BROWSER_TESTS_FOLDER']);
  setRun(run);
  return stop;
}
