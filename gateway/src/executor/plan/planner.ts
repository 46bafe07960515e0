import { operationFromDocument } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner, type QueryPlannerConfig } from '@apollo/query-planner';
import { CodedError, maskError } from '@marquee/errors';
import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';

import type { Operation } from '../../operation/operation.ts';
import { RequestRejectedError } from '../../operation/operation-request.ts';
import type { ReadSupergraph } from '../../supergraph/read-supergraph.ts';
import { withoutDefers } from './deferred-document.ts';
import { hoistedFieldsIn } from './hoisted-fields.ts';
import type { PlanRequest } from './plan-request.ts';
import { planWithDefers } from './plan-with-defers.ts';
import { plannableDocument, type PlannableTypes } from './plannable-document.ts';
import { restoredPlan } from './restored-plan.ts';
import { interfaceObjectsIn, keysIn } from './supergraph-types.ts';

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
export function planner(read: ReadSupergraph): (request: PlanRequest) => QueryPlan {
  const { planned, requiredFields, schema, supergraph } = read;
  const queryPlanner = new QueryPlanner(planned, CONFIG);
  const apiSchema = planned.apiSchema();
  const types: PlannableTypes = {
    schema,
    interfaceObjects: interfaceObjectsIn(supergraph.schema),
    hoistedTo: hoistedFieldsIn(supergraph.schema),
    keysOf: keysIn(supergraph.schema),
  };
  return ({ document, labels, overrides }) => {
    const overrideConditions = new Map(overrides);
    const plan = (plannable: DocumentNode): QueryPlan => {
      const operation = operationFromDocument(apiSchema, plannable, { validate: false });
      return queryPlanner.buildQueryPlan(operation, { overrideConditions });
    };
    try {
      const operation = readOperation(schema, document);
      const without = (undeferred: readonly string[]) => plannableDocument(types, withoutDefers(operation, undeferred));
      return restoredPlan(planWithDefers(labels, without, plan), requiredFields);
    } catch (error) {
      throw rejected(error);
    }
  };
}

function readOperation(schema: ReadSupergraph['schema'], text: string): Operation {
  const document = parse(text, { noLocation: true });
  const [definition, ...fragments] = document.definitions as [OperationDefinitionNode, ...FragmentDefinitionNode[]];
  const rootType = schema.getRootType(definition.operation);
  if (definition.kind !== Kind.OPERATION_DEFINITION || !rootType) throw new Error('An operation comes first');
  return { document, definition, fragments: new Map(fragments.map((each) => [each.name.value, each])), rootType };
}

/** The planner rejects excessive selections; its other errors are masked. */
function rejected(error: unknown): RequestRejectedError {
  const tooLarge = error instanceof Error && /exceed|too many/i.test(error.message);
  if (tooLarge) return new RequestRejectedError([maskError(new CodedError('OPERATION_TOO_LARGE'))]);
  return new RequestRejectedError([maskError(error)], { cause: error });
}
