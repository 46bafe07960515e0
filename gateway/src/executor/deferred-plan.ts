import type { PlanNode } from '@apollo/query-planner';

import { keyPath } from '../operation/defer.ts';
import { compileStep } from './fetch/compile-step.ts';
import type { FetchEnvironment } from './fetch/fetch-environment.ts';
import type { Step } from './fetch/step.ts';
import { baseLabel, type PlannedDefer } from './plan/deferred-document.ts';
import type { DeferredFragment } from './run/deferred.ts';

/** The fetches of a deferred fragment on one object type, and those that may start after them. */
export interface DeferredBlock {
  /** As in {@link PlannedDefer}. */
  readonly label: string;
  /** Undefined when earlier fetches have its fields. */
  readonly step: Step | undefined;
  readonly blocks: readonly DeferredBlock[];
}

/** The fetches of an operation: those of the first part, then those of deferred fragments. */
export interface DeliveryPlan {
  /** Undefined when there is nothing to fetch. For a subscription, the fetches that hydrate an event. */
  readonly step: Step | undefined;
  readonly blocks: readonly DeferredBlock[];
}

/** Compiles a plan of `@defer`. Its blocks wait for the whole part around them, so that this part is never slowed. */
export function compileDelivery(node: PlanNode | undefined, fetches: FetchEnvironment): DeliveryPlan {
  if (node?.kind !== 'Defer') return { step: node && compileStep(node, [], fetches), blocks: [] };
  const { primary, deferred } = node;
  return {
    step: primary.node && compileStep(primary.node, [], fetches),
    blocks: deferred.map(({ label = '', node: own }) => ({
      label: baseLabel(label),
      ...compileDelivery(own, fetches),
    })),
  };
}

/** The labels of the blocks that a deferred fragment waits for: usually one, several where its fragment is spread repeatedly. */
export function labelsOf({ usage, path, parent }: DeferredFragment, planned: readonly PlannedDefer[]): string[] {
  const at = keyPath(path);
  const around = parent && new Set(labelsOf(parent, planned));
  return planned
    .filter((defer) => defer.directive === usage.directive && defer.path === at)
    .filter((defer) => (defer.parent === undefined ? around === undefined : around?.has(defer.parent)))
    .map(({ label }) => label);
}

/** The labels of all blocks; several blocks have the same. */
export function labelsIn(blocks: readonly DeferredBlock[]): string[] {
  return blocks.flatMap(({ label, blocks: later }) => [label, ...labelsIn(later)]);
}
