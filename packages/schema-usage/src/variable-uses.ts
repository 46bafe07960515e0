import {
  getNamedType,
  type GraphQLInputObjectType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  type VariableDefinitionNode,
  type TypeNode,
  Kind,
} from 'graphql';

/** Receives the coordinates that a request uses, with repetitions. */
export interface CoordinateSink {
  use(coordinate: string): void;
}

type Variables = Readonly<Record<string, unknown>>;

/** Reports the input fields and enum values in the variables of a request. */
export type ValueUses = (variables: Variables, sink: CoordinateSink) => void;

/** Reports those of a value that is neither null nor a list. */
type Uses = (value: unknown, sink: CoordinateSink) => void;

/** Cached by schema, so that all operations share the readers of an input type. */
const known = new WeakMap<GraphQLSchema, Map<string, Uses | undefined>>();

/** @returns undefined when no variable can hold an input object or an enum value */
export function variableUses(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): ValueUses | undefined {
  const readers = definitions.flatMap(({ variable, type }) => {
    const uses = usesOf(schema, schema.getType(nameOf(type)) as GraphQLNamedInputType | undefined);
    return uses === undefined ? [] : [{ name: variable.name.value, uses }];
  });
  if (readers.length === 0) return undefined;
  return (variables, sink) => {
    for (const { name, uses } of readers) each(variables[name], uses, sink);
  };
}

function usesOf(schema: GraphQLSchema, type: GraphQLNamedInputType | undefined): Uses | undefined {
  if (type === undefined) return undefined;
  const ofSchema = known.get(schema) ?? new Map<string, Uses | undefined>();
  known.set(schema, ofSchema);
  if (ofSchema.has(type.name)) return ofSchema.get(type.name);
  if (isInputObjectType(type)) {
    const fields = new Map<string, { coordinate: string; uses: Uses | undefined }>();
    const uses = usesOfFields(fields);
    // Registered before its fields are read, because input types may be recursive.
    ofSchema.set(type.name, uses);
    readFields(schema, type, fields);
    return uses;
  }
  const uses = isEnumType(type) ? usesOfValues(new Map(type.getValues().map(coordinateIn(type.name)))) : undefined;
  ofSchema.set(type.name, uses);
  return uses;
}

function readFields(
  schema: GraphQLSchema,
  type: GraphQLInputObjectType,
  fields: Map<string, { coordinate: string; uses: Uses | undefined }>,
): void {
  for (const field of Object.values(type.getFields())) {
    const uses = usesOf(schema, getNamedType(field.type));
    fields.set(field.name, { coordinate: `${type.name}.${field.name}`, uses });
  }
}

function usesOfFields(fields: ReadonlyMap<string, { coordinate: string; uses: Uses | undefined }>): Uses {
  return (value, sink) => {
    if (typeof value !== 'object' || value === null) return;
    for (const name of Object.keys(value)) {
      const field = fields.get(name);
      if (field === undefined) continue;
      sink.use(field.coordinate);
      if (field.uses !== undefined) each((value as Variables)[name], field.uses, sink);
    }
  };
}

function usesOfValues(coordinates: ReadonlyMap<string, string>): Uses {
  return (value, sink) => {
    const coordinate = typeof value === 'string' ? coordinates.get(value) : undefined;
    if (coordinate !== undefined) sink.use(coordinate);
  };
}

/** Visits each value: lists may be nested, and GraphQL accepts a single value for a list. */
function each(value: unknown, uses: Uses, sink: CoordinateSink): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) for (const item of value) each(item, uses, sink);
  else uses(value, sink);
}

function coordinateIn(type: string): (value: { readonly name: string }) => [string, string] {
  return ({ name }) => [name, `${type}.${name}`];
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
