import { SANDBOX_PROVIDER } from './sandbox.ts';
import { subgraphNames } from './subgraphs.ts';

/** What has a database of its own: the subgraphs and the sandbox payment provider. */
export function databaseNames(): string[] {
  return [...subgraphNames(), SANDBOX_PROVIDER];
}
