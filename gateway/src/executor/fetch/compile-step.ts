import type { FetchNode, PlanNode, ResponsePath } from '@apollo/query-planner';

import { compileEntityFetch } from './entity-fetch.ts';
import { compileGroups, type EntityGroup } from './entity-group.ts';
import { compileRootFetch } from './root-fetch.ts';
import type { FetchEnvironment } from './fetch-environment.ts';
import type { Step } from './step.ts';

/** Compiles a query plan, or an independent part of one. @param path where its data goes */
export function compileStep(plan: PlanNode, path: ResponsePath, environment: FetchEnvironment): Step {
  return compileNode(plan, path, { ...environment, groups: compileGroups(plan, environment) });
}

interface StepEnvironment extends FetchEnvironment {
  readonly groups: ReadonlyMap<FetchNode, EntityGroup>;
}

function compileNode(node: PlanNode, path: ResponsePath, environment: StepEnvironment): Step {
  switch (node.kind) {
    case 'Fetch':
      return compileFetch(node, path, environment);
    case 'Flatten':
      return compileNode(node.node, [...path, ...node.path], environment);
    case 'Sequence':
      return sequence(node.nodes.map((part) => compileNode(part, path, environment)));
    case 'Parallel':
      return parallel(node.nodes.map((part) => compileNode(part, path, environment)));
    case 'Condition':
    case 'Defer':
      throw new Error(`The planner is never asked for a ${node.kind}`);
  }
}

function compileFetch(fetch: FetchNode, path: ResponsePath, environment: StepEnvironment): Step {
  const group = environment.groups.get(fetch);
  return group === undefined
    ? compileRootFetch(fetch, path, environment)
    : compileEntityFetch(fetch, path, group, environment);
}

function sequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) {
      if (run.context.signal?.aborted) return;
      const pending = step(run);
      if (pending !== undefined) await pending;
    }
  };
}

function parallel(steps: readonly Step[]): Step {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
}
