import type { GraphQLSchema } from 'graphql';

import type { Composed } from '../composition.ts';
import type { SubgraphSource } from '../registry/sources.ts';
import type { PublishedSubgraph } from '../registry/published.ts';
import type { SchemaChange } from './changes.ts';

/** What is published and what is there now, both composed, and the differences. */
export interface Comparison {
  readonly before: SchemaState<PublishedSubgraph>;
  readonly after: SchemaState<SubgraphSource>;
  /** Of the composed public schema. */
  readonly changes: readonly SchemaChange[];
  /** Of each subgraph. */
  readonly subgraphChanges: ReadonlyMap<string, readonly SchemaChange[]>;
}

/** A supergraph with the subgraphs it is made of. */
export interface SchemaState<T> {
  readonly subgraphs: readonly T[];
  readonly composed: Composed;
  readonly api: GraphQLSchema;
}
