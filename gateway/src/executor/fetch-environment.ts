import type { SubgraphTransport } from '../transports/subgraph-transport.ts';
import type { Merge } from './merge.ts';
import type { RepresentEnvironment } from './representations.ts';

/** What compiled fetches stand on. */
export interface FetchEnvironment extends RepresentEnvironment {
  transportOf(subgraph: string): SubgraphTransport;
  readonly merge: Merge;
  /** Whether one answer may serve all places of an operation that ask a subgraph the same: not in a mutation. */
  readonly sharesEntities: boolean;
  responseKeyOf(dataKey: string): string;
  /** An error's path as far as the client asked. */
  askedPath(path: readonly (string | number)[]): readonly (string | number)[];
  /** The client's name for a variable of a plan. */
  clientVariable(planned: string): string;
  onMaskedError(masked: { subgraph: string; error: unknown; traceId: string }): void;
}
