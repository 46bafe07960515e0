import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';

/** Each try is a plan. */
const MAX_TRIES = 12;

/**
 * Plans an operation with the deferred fragments that the planner (2.14.4) can plan apart. It fails on some, such as
 * one whose fields need `@requires` in an object below: their fields are then fetched with the part around them.
 *
 * @param without the document with these fragments not deferred; undefined when no field is left
 */
export function planWithDefers(
  labels: readonly string[],
  without: (undeferred: readonly string[]) => DocumentNode | undefined,
  plan: (document: DocumentNode) => QueryPlan,
): QueryPlan {
  const planWithout = (undeferred: readonly string[]): QueryPlan => {
    const document = without(undeferred);
    return document === undefined ? { kind: 'QueryPlan' } : plan(document);
  };
  const tries = labels.length > MAX_TRIES ? [] : labels.map((label) => [label]);
  for (const undeferred of labels.length === 0 ? [] : [[], ...tries]) {
    try {
      return planWithout(undeferred);
    } catch {
      // Other fragments may be the cause. The last try, without any, throws what no fragment causes.
    }
  }
  return planWithout(labels);
}
