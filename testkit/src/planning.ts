import { DEFAULT_PLANNING, PlannerThreads } from '@marquee/gateway';

/** One thread for all gateways of a test process: each of its own would take half a second to start. */
export const testPlanning = new PlannerThreads({ settings: { ...DEFAULT_PLANNING, budget: false } });
