import type { Run } from '../run/run.ts';

/** A part of a plan, compiled: brings its data into a run. Nothing to wait for when it had nothing to fetch. */
export type Step = (run: Run) => Promise<void> | undefined;
