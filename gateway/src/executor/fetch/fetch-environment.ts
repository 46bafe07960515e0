import type { FetchNode } from '@apollo/query-planner';

import type { SubgraphTransport } from '../../transports/subgraph-transport.ts';
import type { ErrorEnvironment } from '../errors/fetch-errors.ts';
import type { Merge } from './merge.ts';
import type { RepresentEnvironment } from './representations.ts';

/** The parts of a generation that fetches need. */
export interface FetchEnvironment extends RepresentEnvironment, ErrorEnvironment {
  transportOf(subgraph: string): SubgraphTransport;
  readonly merge: Merge;
  /** Whether equal entity fetches share requests; false in a mutation. */
  readonly sharesEntities: boolean;
  /** The parts of an entity fetch for entities that lack a required field. */
  partsOf(fetch: FetchNode): readonly FetchNode[];
  /** Whether each place has its own copy of an entity, because its fields may depend on what is around it. */
  readonly copiesEntities: boolean;
  /** The client's name for a variable of a plan. */
  clientVariable(planned: string): string;
}
