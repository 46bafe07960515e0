import {
  getNullableType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** A value as JSON text and as a GraphQL literal, so that it can be one that JavaScript does not have. */
export interface Written {
  readonly json: string;
  readonly literal: string;
}

/** Finds a value that works for an argument or input field; undefined when any of the type does. */
export type SampleOf = (name: string) => unknown;

/** An input field, or the first element of a list. */
export type InputPath = readonly string[];

/** The step into a list's first element. */
export const ELEMENT = '0';

/** A plausible value of a type, with another written at one place in it. */
export function writeWith(
  type: GraphQLInputType,
  name: string,
  sampleOf: SampleOf,
  [step, ...below]: InputPath,
  inner: Written,
): Written {
  if (step === undefined) return inner;
  const nullable = getNullableType(type);
  if (isListType(nullable)) return writeList([writeWith(nullable.ofType, name, sampleOf, below, inner)]);
  if (!isInputObjectType(nullable)) throw new Error(`${name} has no field ${step}`);
  const fields = Object.values(nullable.getFields())
    .filter((field) => field.name === step || (isNonNullType(field.type) && field.defaultValue === undefined))
    .map((field) => {
      const value =
        field.name === step
          ? writeWith(field.type, field.name, sampleOf, below, inner)
          : writeSample(field.type, field.name, sampleOf);
      return [field.name, value] as const;
    });
  return writeObject(fields);
}

/** A plausible value of a type. */
export function writeSample(type: GraphQLInputType, name: string, sampleOf: SampleOf): Written {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return writeList([writeSample(nullable.ofType, name, sampleOf)]);
  if (isEnumType(nullable)) return writeEnum(nullable.getValues()[0]?.name ?? '');
  if (!isInputObjectType(nullable)) return writeJson(sampleOf(name) ?? SCALARS.get(nullable.name) ?? 'a text');
  const fields = Object.values(nullable.getFields());
  const given = nullable.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type));
  return writeObject(given.map((field) => [field.name, writeSample(field.type, field.name, sampleOf)] as const));
}

const SCALARS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['Int', 1],
  ['Float', 1],
  ['Boolean', true],
  ['ID', 'lon_xyz_00000000000000000000000000000000'],
  ['Date', '2027-01-31'],
  ['DateTime', '2027-01-31T18:30:00.000Z'],
  ['MinorUnits', 100],
]);

/** A JSON value. */
export function writeJson(value: unknown): Written {
  const json = JSON.stringify(value);
  return { json, literal: json };
}

export function writeEnum(name: string): Written {
  return { json: JSON.stringify(name), literal: name };
}

export function writeList(elements: readonly Written[]): Written {
  return {
    json: `[${elements.map(({ json }) => json).join()}]`,
    literal: `[${elements.map(({ literal }) => literal).join()}]`,
  };
}

export function writeObject(fields: readonly (readonly [string, Written])[]): Written {
  return {
    json: `{${fields.map(([name, { json }]) => `${JSON.stringify(name)}:${json}`).join()}}`,
    literal: `{${fields.map(([name, { literal }]) => `${name}:${literal}`).join()}}`,
  };
}
