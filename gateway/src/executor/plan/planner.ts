import { operationFromDocument } from '@apollo/federation-internals';
import {
  type FetchNode,
  type PlanNode,
  type QueryPlan,
  QueryPlanner,
  type QueryPlannerConfig,
} from '@apollo/query-planner';
import { CodedError, maskError } from '@marquee/errors';
import type { DocumentNode } from 'graphql';

import type { ReadSupergraph } from '../../supergraph/read-supergraph.ts';
import { RequestRejectedError } from '../../operation/operation-request.ts';
import { planWithDefers } from './plan-with-defers.ts';
import type { PlanningDocument } from './planning-document.ts';
import { restoredPlan } from './restored-plan.ts';

export type { PlanNode, QueryPlan };

/** Plans an operation for one choice of override labels. */
export type PlanOperation = (
  planning: PlanningDocument,
  operationName: string | undefined,
  overrides: ReadonlyMap<string, boolean>,
) => QueryPlan;

/**
 * The plans that are compared for one operation, of which most have one. The default of 10,000 lets a query of a few
 * lines plan for half a minute.
 */
const MAX_EVALUATED_PLANS = 100;

const CONFIG: QueryPlannerConfig = {
  incrementalDelivery: { enableDefer: true },
  debug: { maxEvaluatedPlans: MAX_EVALUATED_PLANS },
};

/** @returns a planner that throws {@link RequestRejectedError}, with the cause where its errors hide it */
export function planner({ planned, requiredFields }: ReadSupergraph): PlanOperation {
  const queryPlanner = new QueryPlanner(planned, CONFIG);
  const apiSchema = planned.apiSchema();
  return (planning, operationName, overrides) => {
    const plan = (document: DocumentNode): QueryPlan => {
      const operation = operationFromDocument(apiSchema, document, {
        validate: false,
        ...(operationName === undefined ? {} : { operationName }),
      });
      return queryPlanner.buildQueryPlan(operation, { overrideConditions: new Map(overrides) });
    };
    try {
      return restoredPlan(planWithDefers(planning, plan), requiredFields);
    } catch (error) {
      throw rejected(error);
    }
  };
}

/** The planner rejects excessive selections; its other errors are masked. */
function rejected(error: unknown): RequestRejectedError {
  const tooLarge = error instanceof Error && /exceed|too many/i.test(error.message);
  if (tooLarge) return new RequestRejectedError([maskError(new CodedError('OPERATION_TOO_LARGE'))]);
  return new RequestRejectedError([maskError(error)], { cause: error });
}

/** Every fetch of a plan. */
export function fetchesOf(node: QueryPlan['node'] | undefined): FetchNode[] {
  switch (node?.kind) {
    case undefined:
      return [];
    case 'Fetch':
      return [node];
    case 'Flatten':
      return fetchesOf(node.node);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(fetchesOf);
    case 'Subscription':
      return [node.primary, ...fetchesOf(node.rest)];
    case 'Defer':
      return [node.primary, ...node.deferred].flatMap((part) => fetchesOf(part.node));
    case 'Condition':
      throw new Error(`The planner is never asked for a ${node.kind}`);
  }
}
