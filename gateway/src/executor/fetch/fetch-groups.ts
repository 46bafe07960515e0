import type { FetchNode, PlanNode } from '@apollo/query-planner';

/** Entity fetches of one subgraph that are sent in one request. */
export interface FetchGroup {
  readonly subgraph: string;
  readonly fetches: readonly FetchNode[];
  /** The fetches that the request waits for: those with the longest chain of fetches after them. */
  readonly awaited: ReadonlySet<FetchNode>;
}

/** An entity fetch in its plan. */
interface Place {
  readonly fetch: FetchNode;
  /** The longest chains of fetches before it and after it. */
  readonly before: number;
  readonly after: number;
}

/**
 * Groups the entity fetches of a plan by subgraph and depth, across the branches of the plan.
 *
 * A fetch with others after it keeps its depth. One with none is sent with the next group of its subgraph: the response
 * waits for that one anyway.
 */
export function fetchGroups(plan: PlanNode): FetchGroup[] {
  const bySubgraph = groupBy(placesOf(plan, 0, 0), ({ fetch }) => fetch.serviceName);
  return [...bySubgraph].flatMap(([subgraph, places]) => {
    const inner = places.filter(({ after }) => after > 0).map(({ before }) => before);
    const deepest = Math.max(...places.map(({ before }) => before));
    const depthOf = ({ before, after }: Place): number =>
      after > 0 ? before : Math.min(...inner.filter((depth) => depth >= before), deepest);
    return [...groupBy(places, depthOf).values()].map((group) => ({
      subgraph,
      fetches: group.map(({ fetch }) => fetch),
      awaited: awaitedOf(group),
    }));
  });
}

function awaitedOf(group: readonly Place[]): ReadonlySet<FetchNode> {
  const longest = Math.max(...group.map(({ after }) => after));
  return new Set(group.filter(({ after }) => after === longest).map(({ fetch }) => fetch));
}

function placesOf(node: PlanNode, before: number, after: number): Place[] {
  switch (node.kind) {
    case 'Fetch':
      return node.requires === undefined ? [] : [{ fetch: node, before, after }];
    case 'Flatten':
      return placesOf(node.node, before, after);
    case 'Parallel':
      return node.nodes.flatMap((each) => placesOf(each, before, after));
    case 'Sequence':
      return node.nodes.flatMap((each, index) =>
        placesOf(each, before + lengthOf(node.nodes.slice(0, index)), after + lengthOf(node.nodes.slice(index + 1))),
      );
    case 'Condition':
    case 'Defer':
      return [];
  }
}

/** The longest chain of fetches in a sequence. */
function lengthOf(sequence: readonly PlanNode[]): number {
  const lengths = sequence.map((node): number => {
    if (node.kind === 'Flatten') return lengthOf([node.node]);
    if (node.kind === 'Sequence') return lengthOf(node.nodes);
    return node.kind === 'Parallel' ? Math.max(...node.nodes.map((each) => lengthOf([each]))) : 1;
  });
  return lengths.reduce((sum, length) => sum + length, 0);
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
