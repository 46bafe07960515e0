import type { QueryPlan } from '@apollo/query-planner';

import type { Asker } from '../../request/asker.ts';

/** An operation to plan, in a form that another thread can read. */
export interface PlanRequest {
  /** The text of the operation and its fragments, without conditions and unauthorised fields. */
  readonly document: string;
  /** The labels of its deferred fragments. */
  readonly labels: readonly string[];
  readonly overrides: readonly (readonly [label: string, isOn: boolean])[];
}

/**
 * Plans an operation.
 *
 * @param asker undefined for work of the gateway itself, which has no budget
 * @throws {RequestRejectedError} also when too much is planned at the time
 */
export type PlanOperation = (request: PlanRequest, asker: Asker | undefined) => Promise<QueryPlan>;
