import { setLimits } from '@marquee/input';
import type { GraphQLSchema } from 'graphql';

import { federatedSchema } from './federated-schema.ts';
import { applyPolicies, type Permissions, policiesOf } from './permissions/index.ts';
import { subgraphSdl } from './sdl.ts';

export interface SchemaParts {
  /** The SDL's file; common.graphql is prepended. */
  readonly schemaFile: URL;
  readonly resolvers: object;
  readonly permissions: Permissions;
}

/** A subgraph's executable schema, whose fields ask their policies. */
export interface ProtectedSchema {
  /** The whole SDL, for composition. */
  readonly typeDefs: string;
  readonly schema: GraphQLSchema;
}

/** Builds a schema, which depends on nothing that is opened. @throws when a field has no policy */
export function protectedSchema({ schemaFile, resolvers, permissions }: SchemaParts): ProtectedSchema {
  const typeDefs = subgraphSdl(schemaFile);
  const federated = federatedSchema(typeDefs, resolvers);
  const schema = applyPolicies(federated, policiesOf(federated, permissions));
  limitRepresentations(schema);
  return { typeDefs, schema };
}

/** Entities in one fetch. The gateway's limit of an operation's cost is 10,000, of which each object takes one. */
const MAX_REPRESENTATIONS = 20_000;

function limitRepresentations(schema: GraphQLSchema): void {
  const [representations] = schema.getQueryType()?.getFields()['_entities']?.args ?? [];
  if (representations) setLimits(representations, { maxItems: MAX_REPRESENTATIONS });
}
