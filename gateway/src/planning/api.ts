import type { PlanOperation } from '../executor/plan/plan-request.ts';
import type { Asker } from '../request/asker.ts';

/** Validates and plans the operations of one supergraph, away from the event loop. */
export interface SupergraphPlanner {
  /** @throws {RequestRejectedError} when the document is invalid, or too much is planned at the time */
  validate(query: string, asker: Asker | undefined): Promise<void>;
  readonly plan: PlanOperation;
  close(): void;
}

export interface Planning {
  /** @throws when the supergraph is invalid */
  open(supergraphSdl: string): Promise<SupergraphPlanner>;
  stop(): Promise<void>;
}

/** The work of validating and planning, as metrics count it. */
export type PlanningKind = 'validate' | 'plan';

/** `stuck`: it took longer than a job may, or its thread died. */
export type PlanningOutcome = 'ok' | 'rejected' | 'stuck' | 'over-budget' | 'queue-full' | 'waited-too-long';
