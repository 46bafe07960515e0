import { onTestFinished, TestRunner } from 'vitest';

type Work = () => Promise<unknown> | void;

/** Of the current test file. */
const works: Work[] = [];

/**
 * Runs work when the current test is done, or the whole file when called outside a test; the last one first.
 *
 * Vitest ignores an `afterAll` within a `beforeAll`, so the set-up file runs the works of a file.
 */
export function whenDone(work: Work): void {
  if (TestRunner.getCurrentTest()) onTestFinished(async () => void (await work()));
  else works.push(work);
}

/** Ends the current test file. @throws the first error, after all works have run */
export async function finishFile(): Promise<void> {
  const errors: unknown[] = [];
  for (const work of works.splice(0).toReversed()) {
    try {
      await work();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
