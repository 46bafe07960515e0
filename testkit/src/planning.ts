import { DEFAULT_PLANNING, PlannerThreads, UNLIMITED_PLANNING } from '@marquee/gateway';

/** A busy machine is slow, and a test that fails for it says nothing. */
const PATIENT = { waitMs: 60_000, jobMs: 60_000 };

/** One thread for all gateways of a test process: each of its own would take half a second to start. */
export const testPlanning = new PlannerThreads({
  settings: { ...DEFAULT_PLANNING, ...UNLIMITED_PLANNING, ...PATIENT },
});
