import {
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  isSpecifiedScalarType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { operationDocument, usedOperationHash } from './operation-hash.ts';
import type { UsedOperation } from './usage.ts';
import { type ValueUses, variableUses } from './variable-uses.ts';

/** The schema coordinates that an operation uses. */
export interface OperationUsage extends UsedOperation {
  /** Finds the coordinates in the variables of one request. Absent when all variables are scalars. */
  readonly inVariables?: ValueUses;
}

/**
 * Finds the coordinates that an operation names: fields (of the type on which they are selected, which may be an
 * interface), arguments, input fields and enum values in literals and defaults, and types named by fragments and
 * variables. Introspection is ignored.
 *
 * @param document must be valid against the schema
 * @returns undefined when the document has no operation of this name
 */
export function operationUsage(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
): OperationUsage | undefined {
  const operation = operationDocument(document, operationName);
  if (operation === undefined) return undefined;
  const definition = operation.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  const inVariables = variableUses(schema, definition?.variableDefinitions ?? []);
  const coordinates = coordinatesIn(schema, operation);
  return {
    hash: usedOperationHash(operation, coordinates),
    name: definition?.name?.value ?? 'anonymous',
    coordinates,
    ...(inVariables === undefined ? {} : { inVariables }),
  };
}

function coordinatesIn(schema: GraphQLSchema, operation: DocumentNode): string[] {
  const used = new Set<string>();
  const types = new TypeInfo(schema);
  const fieldOf = (field: string | undefined): string | undefined => {
    const parent = types.getParentType()?.name;
    if (parent === undefined || field === undefined) return undefined;
    return isIntrospection(parent) || isIntrospection(field) ? undefined : `${parent}.${field}`;
  };
  visit(
    operation,
    visitWithTypeInfo(types, {
      [Kind.FIELD]: ({ name }) => {
        const field = fieldOf(name.value);
        if (field !== undefined) used.add(field);
      },
      [Kind.ARGUMENT]: ({ name }) => {
        const field = types.getDirective() ? undefined : fieldOf(types.getFieldDef()?.name);
        if (field !== undefined) used.add(`${field}(${name.value}:)`);
      },
      [Kind.OBJECT_FIELD]: ({ name }) => {
        const parent = types.getParentInputType();
        if (parent) used.add(`${getNamedType(parent).name}.${name.value}`);
      },
      [Kind.ENUM]: ({ value }) => {
        const type = types.getInputType();
        if (type) used.add(`${getNamedType(type).name}.${value}`);
      },
      [Kind.NAMED_TYPE]: ({ name }) => {
        const type = schema.getType(name.value);
        if (type && !isSpecifiedScalarType(type) && !isIntrospection(type.name)) used.add(type.name);
      },
    }),
  );
  return [...used];
}

function isIntrospection(name: string): boolean {
  return name.startsWith('__');
}
