import type { GraphQLSchema } from 'graphql';

import type { Composed } from '../composition.ts';
import type { SubgraphSource } from '../registry/sources.ts';
import type { PublishedSubgraph } from '../registry/published.ts';
import type { SchemaChange } from './changes.ts';

/** The published and the current schema, composed, and their differences. */
export interface Comparison {
  readonly before: SchemaState<PublishedSubgraph>;
  readonly after: SchemaState<SubgraphSource>;
  /** Of the composed public schema. */
  readonly changes: readonly SchemaChange[];
  /** Of each subgraph. */
  readonly subgraphChanges: ReadonlyMap<string, readonly SchemaChange[]>;
}

/** A supergraph and its subgraphs. */
export interface SchemaState<T> {
  readonly subgraphs: readonly T[];
  readonly composed: Composed;
  readonly api: GraphQLSchema;
}
