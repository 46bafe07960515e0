import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

import { scalars } from '@marquee/scalars';

/** A subgraph's executable schema, without policies. @param typeDefs the whole SDL */
export function federatedSchema(typeDefs: string, resolvers: object): GraphQLSchema {
  const modules = { typeDefs: parse(typeDefs), resolvers: { ...scalars, ...resolvers } };
  return buildSubgraphSchema(modules as Parameters<typeof buildSubgraphSchema>[0]);
}
