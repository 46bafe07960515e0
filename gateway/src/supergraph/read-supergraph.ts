import { Supergraph, type Schema } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';

import { assertFeaturesSupported } from './linked-features.ts';
import { assertPlannable } from './plannable.ts';

/** A supergraph as read from its SDL, with what its clients see of it. */
export interface ReadSupergraph {
  readonly sdl: string;
  readonly supergraph: Supergraph;
  /** What clients may ask: the planner's form. */
  readonly apiSchema: Schema;
  /** The same, for validation and introspection. */
  readonly schema: GraphQLSchema;
  /** Subgraph name to routing URL. */
  readonly subgraphs: ReadonlyMap<string, string>;
}

/**
 * @throws {UnsupportedFeatureError} when a link that matters has nobody to honour it.
 * @throws {UnplannableSupergraphError} when operations on it could not be planned.
 * @throws when the SDL is not a valid supergraph.
 */
export function readSupergraph(sdl: string): ReadSupergraph {
  const supergraph = Supergraph.build(sdl, { supportedFeatures: null });
  assertFeaturesSupported(supergraph.schema);
  assertPlannable(supergraph.schema);
  const apiSchema = supergraph.apiSchema();
  return {
    sdl,
    supergraph,
    apiSchema,
    schema: apiSchema.toGraphQLJSSchema(),
    subgraphs: new Map(supergraph.subgraphsMetadata().map(({ name, url }) => [name, url])),
  };
}
