import type { PlanningBudgetSettings } from './planning-budget.ts';

/** Validating and planning of operations that are not known yet; times in ms. */
export interface PlanningSettings {
  /** Threads that validate and plan. */
  readonly threads: number;
  /** Heap of a thread; a plan that needs more ends its thread, not the process. */
  readonly memoryMb: number;
  /** Operations that wait for a thread. */
  readonly maxWaiting: number;
  /** Operations of one network that wait for a thread. */
  readonly maxWaitingPerNetwork: number;
  /** Time that an operation waits for a thread. */
  readonly waitMs: number;
  /** Time that a thread works on an operation, before it is replaced. */
  readonly jobMs: number;
  /** Time that an operation which took longer is refused at once. */
  readonly refuseForMs: number;
  /** New plans a minute; false for load tests. */
  readonly budget: PlanningBudgetSettings | false;
}

export const DEFAULT_PLANNING: PlanningSettings = {
  threads: 1,
  memoryMb: 512,
  maxWaiting: 200,
  maxWaitingPerNetwork: 20,
  waitMs: 10_000,
  jobMs: 3_000,
  refuseForMs: 10 * 60_000,
  budget: { perCaller: 120, perNetwork: 300 },
};

/** The changes that `rateLimits: false` makes. */
export const UNLIMITED_PLANNING: Partial<PlanningSettings> = {
  maxWaiting: Infinity,
  maxWaitingPerNetwork: Infinity,
  budget: false,
};
