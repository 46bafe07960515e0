import { SANDBOX_PROVIDER } from './sandbox.ts';
import { subgraphNames } from './subgraphs.ts';

/** The names of all databases: one for each subgraph, and the sandbox payment provider's. */
export function databaseNames(): string[] {
  return [...subgraphNames(), SANDBOX_PROVIDER];
}
