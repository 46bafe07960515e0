import type { SubgraphTransport } from '../../transports/subgraph-transport.ts';
import type { ErrorEnvironment } from '../errors/fetch-errors.ts';
import type { Merge } from './merge.ts';
import type { RepresentEnvironment } from './representations.ts';

/** The parts of a generation that fetches are compiled with. */
export interface FetchEnvironment extends RepresentEnvironment, ErrorEnvironment {
  transportOf(subgraph: string): SubgraphTransport;
  readonly merge: Merge;
  /** Whether one request serves all places of an operation with the same question. False in a mutation. */
  readonly sharesEntities: boolean;
  /** The client's name for a variable of a plan. */
  clientVariable(planned: string): string;
}
