import { MAX_MINOR_UNITS, minorUnits } from '@marquee/money';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
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
  MinorUnits: new GraphQLScalarType<number>({
    name: 'MinorUnits',
    serialize: (value) => minorUnits(value as number),
    parseValue: amountIn,
    parseLiteral: (node) => amountIn(node.kind === Kind.INT ? Number(node.value) : undefined),
  }),
};

function amountIn(value: unknown): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw new GraphQLError(`Send an integer of minor units, from -${MAX_MINOR_UNITS} to ${MAX_MINOR_UNITS}.`);
}
