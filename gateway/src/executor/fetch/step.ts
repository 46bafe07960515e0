import type { Run } from '../run/run.ts';

/** A compiled part of a plan: fetches its data into a run. Undefined when there was nothing to fetch. */
export type Step = (run: Run) => Promise<void> | undefined;
