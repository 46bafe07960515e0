import { GraphQLScalarType } from 'graphql';
import { DateTimeISOResolver, LocalDateResolver } from 'graphql-scalars';

/** Resolvers of the scalars in common.graphql. */
export const scalars = {
  DateTime: new GraphQLScalarType({ ...DateTimeISOResolver.toConfig(), name: 'DateTime' }),
  Date: new GraphQLScalarType({ ...LocalDateResolver.toConfig(), name: 'Date' }),
};
