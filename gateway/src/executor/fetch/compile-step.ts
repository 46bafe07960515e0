import type { FetchNode, PlanNode, ResponsePath } from '@apollo/query-planner';

import { compileFetch } from './fetch.ts';
import type { FetchEnvironment } from './fetch-environment.ts';
import type { Step } from './step.ts';

/** Compiles a node of the query plan. @param path where its data goes */
export function compileStep(node: PlanNode, path: ResponsePath, environment: FetchEnvironment): Step {
  switch (node.kind) {
    case 'Fetch':
      return compileFetch(node as FetchNode, path, environment);
    case 'Flatten':
      return compileStep(node.node, [...path, ...node.path], environment);
    case 'Sequence':
      return sequence(node.nodes.map((part) => compileStep(part, path, environment)));
    case 'Parallel':
      return parallel(node.nodes.map((part) => compileStep(part, path, environment)));
    case 'Condition':
    case 'Defer':
      throw new Error(`The planner is never asked for a ${node.kind}`);
  }
}

function sequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) {
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
