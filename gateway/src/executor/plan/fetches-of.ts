import type { FetchNode, QueryPlan } from '@apollo/query-planner';

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
