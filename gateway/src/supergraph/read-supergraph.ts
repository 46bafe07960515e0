import { Supergraph, type Schema } from '@apollo/federation-internals';
import { attachLimits } from '@marquee/input';
import { scalars } from '@marquee/scalars';
import {
  assertValidSchema,
  type DocumentNode,
  type GraphQLDirective,
  type GraphQLSchema,
  isInputObjectType,
  isScalarType,
  parse,
} from 'graphql';

import { assertFeaturesSupported } from './linked-features.ts';
import { plannerSdl } from './planner-sdl.ts';
import type { RequiredFields } from './required-fields.ts';

/** A parsed supergraph and its public API schema. */
export interface ReadSupergraph {
  readonly sdl: string;
  readonly supergraph: Supergraph;
  /** The supergraph as the query planner reads it; built when it is first read. */
  readonly planned: Supergraph;
  readonly requiredFields: RequiredFields;
  /** The public API, for validation and introspection. */
  readonly schema: GraphQLSchema;
  /** Subgraph name to routing URL. */
  readonly subgraphs: ReadonlyMap<string, string>;
}

/**
 * @param validate false where another thread validates the same SDL, which takes half of the time
 * @throws {UnsupportedFeatureError} when it links a security or execution feature that is not supported
 * @throws when the SDL is not a valid supergraph
 */
export function readSupergraph(sdl: string, { validate = true } = {}): ReadSupergraph {
  const supergraph = Supergraph.build(sdl, { supportedFeatures: null, validateSupergraph: validate });
  assertFeaturesSupported(supergraph.schema);
  const { sdl: planned, requiredFields } = plannerSdl(sdl);
  let built: Supergraph | undefined;
  return {
    sdl,
    supergraph,
    get planned() {
      built ??= planned === undefined ? supergraph : plannedSupergraph(planned);
      return built;
    },
    requiredFields,
    schema: publicSchema(supergraph.apiSchema(), supergraph.schema, parse(sdl, { noLocation: true })),
    subgraphs: new Map(supergraph.subgraphsMetadata().map(({ name, url }) => [name, url])),
  };
}

/** Not validated: it is derived from a valid one, and some of its external fields are used under another name only. */
function plannedSupergraph(sdl: string): Supergraph {
  return Supergraph.build(sdl, { supportedFeatures: null, validateSupergraph: false });
}

/** With `@defer`, and with what federation drops: `@oneOf`, which graphql-js reads from the type, and inputs' limits. */
function publicSchema(apiSchema: Schema, supergraph: Schema, sdl: DocumentNode): GraphQLSchema {
  const schema = apiSchema.toGraphQLJSSchema({ includeDefer: true });
  describeDefer(schema.getDirective('defer'));
  for (const { name } of supergraph.inputTypes().filter((type) => type.hasAppliedDirective('oneOf'))) {
    const type = schema.getType(name);
    if (isInputObjectType(type)) type.isOneOf = true;
  }
  attachLimits(schema, sdl);
  readCommonScalars(schema);
  assertValidSchema(schema);
  return schema;
}

/** A supergraph has only the names of scalars; those that all subgraphs share are read here already. */
function readCommonScalars(schema: GraphQLSchema): void {
  for (const [name, { parseValue, parseLiteral }] of Object.entries(scalars)) {
    const type = schema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
}

const DEFER_ARGUMENTS: Readonly<Record<string, string>> = {
  label: 'Names the fragment in its part; unique in the document.',
  if: 'Whether the fragment may be delivered later.',
};

function describeDefer(defer: GraphQLDirective | null | undefined): void {
  if (!defer) return;
  defer.description = 'Delivers the fragment in a later part of the response, to clients that accept one in parts.';
  for (const argument of defer.args) argument.description = DEFER_ARGUMENTS[argument.name];
}
