import { MAX_MINOR_UNITS, minorUnits } from '@marquee/money';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { DateTimeISOResolver, JSONResolver, LocalDateResolver } from 'graphql-scalars';

/** The scalars in common.graphql, by name. */
export const scalars = {
  JSON: JSONResolver,
  DateTime: scalar<Date, string>({
    name: 'DateTime',
    serialize: (value) => DateTimeISOResolver.serialize(value) as unknown as string,
    read: (value) => withoutYearZero(DateTimeISOResolver.parseValue(value), value),
    hint: 'Send an instant with its offset, such as 2027-01-31T18:30:00.000Z.',
  }),
  Date: scalar<string, string>({
    name: 'Date',
    serialize: (value) => LocalDateResolver.serialize(value),
    read: (value) => withoutYearZero(LocalDateResolver.parseValue(value), value),
    hint: 'Send a day of the calendar, such as 2027-01-31.',
  }),
  MinorUnits: scalar<number, number>({
    name: 'MinorUnits',
    serialize: (value) => minorUnits(value as number),
    read: safeInteger,
    hint: `Send an integer of minor units, from -${MAX_MINOR_UNITS} to ${MAX_MINOR_UNITS}.`,
  }),
};

interface ScalarOptions<Internal, External> {
  readonly name: string;
  readonly serialize: (value: unknown) => External;
  /** Throws for a value that is not of the scalar. */
  readonly read: (value: unknown) => Internal;
  /** Tells a client what to send. */
  readonly hint: string;
}

/** A scalar that reads a literal as the same value of a variable, and whose errors have its place. */
function scalar<Internal, External>({ name, serialize, read, hint }: ScalarOptions<Internal, External>) {
  const parse = (value: unknown, node?: ValueNode): Internal => {
    try {
      return read(value);
    } catch {
      throw new GraphQLError(hint, { nodes: node ?? null });
    }
  };
  return new GraphQLScalarType<Internal, External>({
    name,
    serialize,
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(literalValue(node), node),
  });
}

function literalValue(node: ValueNode): unknown {
  if (node.kind === Kind.STRING) return node.value;
  return node.kind === Kind.INT ? Number(node.value) : undefined;
}

function safeInteger(value: unknown): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw new RangeError('not an integer of at most 2^53 - 1');
}

/** Postgres has no year 0. */
function withoutYearZero<Value>(read: Value, given: unknown): Value {
  if (typeof given !== 'string' || given.startsWith('0000')) throw new RangeError('not a year of the calendar');
  return read;
}
