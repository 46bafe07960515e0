import {
  getNullableType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  OperationTypeNode,
} from 'graphql';
import { type Field, fieldsOf, routesFrom, type RouteStep } from './routes.ts';
import { ELEMENT, type InputPath } from './written.ts';

/** A place where a client's value goes: an argument, an input field, or the element of a list. */
export interface InputPosition {
  readonly operation: OperationTypeNode;
  /** From the root type to the type of the field. */
  readonly steps: readonly RouteStep[];
  readonly field: Field;
  readonly argument: GraphQLArgument;
  readonly path: InputPath;
  readonly type: GraphQLInputType;
  /** Such as `Mutation.holdSeats(input.seatIds.0)`. */
  readonly coordinate: string;
}

/** Every place of a schema's operations where a client's value goes. */
export function inputPositions(schema: GraphQLSchema): InputPosition[] {
  return Object.values(OperationTypeNode).flatMap((operation) => {
    const root = schema.getRootType(operation);
    if (!root) return [];
    const start = { type: root, steps: [] };
    // Results of mutations and subscriptions are reached by queries too.
    const routes = operation === OperationTypeNode.QUERY ? routesFrom(schema, start) : [start];
    return routes.flatMap(({ type, steps }) =>
      fieldsOf(type).flatMap((field) =>
        field.args.flatMap((argument) =>
          placesIn(argument.type).map(({ path, type: at }) => ({
            ...{ operation, steps, field, argument, path, type: at },
            coordinate: `${type.name}.${field.name}(${[argument.name, ...path].join('.')})`,
          })),
        ),
      ),
    );
  });
}

/** The places in an input: itself, its fields, the elements of its lists. */
function placesIn(type: GraphQLInputType, path: InputPath = []): { path: InputPath; type: GraphQLInputType }[] {
  const nullable = getNullableType(type);
  const below = isListType(nullable)
    ? placesIn(nullable.ofType, [...path, ELEMENT])
    : isInputObjectType(nullable)
      ? Object.values(nullable.getFields()).flatMap((field) => placesIn(field.type, [...path, field.name]))
      : [];
  return [{ path, type }, ...below];
}
