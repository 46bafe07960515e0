import { GraphQLError, GraphQLScalarType } from 'graphql';
import { DateTimeISOResolver, LocalDateResolver } from 'graphql-scalars';

/** Resolvers of the scalars in common.graphql. */
export const scalars = {
  DateTime: new GraphQLScalarType({ ...DateTimeISOResolver.toConfig(), name: 'DateTime' }),
  Date: new GraphQLScalarType<string>({
    name: 'Date',
    serialize: LocalDateResolver.serialize,
    parseValue: (value) => {
      const day = LocalDateResolver.parseValue(value);
      // Postgres has no year 0.
      if (day.startsWith('0000')) throw new GraphQLError(`Value is not a valid Date: ${day}`);
      return day;
    },
  }),
};
