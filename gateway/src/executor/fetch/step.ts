import type { Run } from '../run/run.ts';

/** A compiled node of the query plan. Returns undefined when there is nothing to fetch. */
export type Step = (run: Run) => Promise<void> | undefined;
