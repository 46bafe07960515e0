import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode, SubscriptionNode } from '@apollo/query-planner';
import { type DocumentNode, Kind, parse, print, stripIgnoredCharacters, visit } from 'graphql';

import type { RequiredFields } from '../../supergraph/required-fields.ts';
import { fetchesWithoutConflicts } from './conflicting-requirements.ts';

/**
 * Restores the fields that `@requires` and `@fromContext` select in a plan: aliases, with arguments. Variables of
 * contextual arguments are no variables of the client.
 */
export function restoredPlan(plan: QueryPlan, required: RequiredFields): QueryPlan {
  return plan.node === undefined ? plan : { ...plan, node: restoredNode(plan.node, required) };
}

function restoredNode<T extends PlanNode | SubscriptionNode>(node: T, required: RequiredFields): T | PlanNode;
function restoredNode(node: PlanNode | SubscriptionNode, required: RequiredFields): PlanNode | SubscriptionNode {
  switch (node.kind) {
    case 'Fetch':
      return parallel(fetchesWithoutConflicts(node, required).map((fetch) => restoredFetch(fetch, required)));
    case 'Flatten': {
      const inner = restoredNode(node.node, required);
      return inner.kind === 'Parallel'
        ? parallel(inner.nodes.map((each): PlanNode => ({ ...node, node: each })))
        : { ...node, node: inner };
    }
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((each) => restoredNode(each, required)) };
    case 'Subscription':
      return {
        ...node,
        primary: restoredFetch(node.primary, required),
        ...(node.rest === undefined ? {} : { rest: restoredNode(node.rest, required) }),
      };
    case 'Defer':
      return {
        ...node,
        primary: restoredPart(node.primary, required),
        deferred: node.deferred.map((part) => restoredPart(part, required)),
      };
    case 'Condition':
      throw new Error(`The planner is never asked for a ${node.kind}`);
  }
}

function restoredPart<T extends { readonly node?: PlanNode }>(part: T, required: RequiredFields): T {
  return part.node === undefined ? part : { ...part, node: restoredNode(part.node, required) };
}

function parallel(nodes: PlanNode[]): PlanNode {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined ? only : { kind: 'Parallel', nodes };
}

function restoredFetch(planned: FetchNode, { byName }: RequiredFields): FetchNode {
  const fetch = withoutContextualUsages(planned);
  if (byName.size === 0) return fetch;
  const document = parse(fetch.operation, { noLocation: true });
  let isChanged = false;
  const restored: DocumentNode = visit(document, {
    Field: (node) => {
      const required = byName.get(node.name.value);
      if (required === undefined) return undefined;
      isChanged = true;
      const name = { kind: Kind.NAME, value: required.field } as const;
      return { ...node, alias: node.alias ?? node.name, name, arguments: required.arguments };
    },
  });
  return {
    ...fetch,
    ...(isChanged ? { operation: stripIgnoredCharacters(print(restored)) } : {}),
    ...(fetch.requires === undefined ? {} : { requires: fetch.requires.map((node) => restoredInput(node, byName)) }),
  };
}

/** A client must not set contextual arguments. */
function withoutContextualUsages({ contextRewrites, variableUsages = [], ...fetch }: FetchNode): FetchNode {
  if (contextRewrites === undefined) return { ...fetch, variableUsages };
  const contextual = new Set(contextRewrites.map(({ renameKeyTo }) => renameKeyTo));
  return { ...fetch, contextRewrites, variableUsages: variableUsages.filter((name) => !contextual.has(name)) };
}

/** A representation has the field's own name; the alias is where its value is in the data. */
function restoredInput(node: QueryPlanSelectionNode, byName: RequiredFields['byName']): QueryPlanSelectionNode {
  const selections = node.selections?.map((each) => restoredInput(each, byName));
  if (node.kind === 'InlineFragment') return { ...node, selections: selections ?? [] };
  const field = byName.get(node.name)?.field;
  return {
    ...node,
    ...(selections === undefined ? {} : { selections }),
    ...(field === undefined ? {} : { name: field, alias: node.alias ?? node.name }),
  };
}
