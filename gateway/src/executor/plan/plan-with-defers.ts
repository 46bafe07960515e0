import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, visit } from 'graphql';

import { labelOf } from '../../operation/defer.ts';
import { baseLabel, type PlannedDefer } from './deferred-document.ts';

/** Each try is a plan. */
const MAX_TRIES = 12;

/**
 * Plans an operation with the deferred fragments that the planner (2.14.4) can plan apart. It fails on some, such as
 * one whose fields need `@requires` in an object below: their fields are then fetched with the part around them.
 */
export function planWithDefers(
  document: DocumentNode,
  deferred: readonly PlannedDefer[],
  plan: (document: DocumentNode) => QueryPlan,
): QueryPlan {
  if (deferred.length === 0) return plan(document);
  const labels = deferred.map(({ label }) => label);
  const without = labels.length > MAX_TRIES ? [] : labels.map((label) => [label]);
  for (const dropped of [[], ...without]) {
    try {
      return plan(withoutDefers(document, dropped));
    } catch {
      // Other fragments may be the cause. The last try, without any, throws what no fragment causes.
    }
  }
  return plan(withoutDefers(document, labels));
}

function withoutDefers(document: DocumentNode, labels: readonly string[]): DocumentNode {
  if (labels.length === 0) return document;
  return visit(document, {
    Directive: (node) => (labels.includes(baseLabel(labelOf(node) ?? '')) ? null : undefined),
  });
}
