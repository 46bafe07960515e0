import { schemaCoordinates, type CoordinateKind } from '@marquee/schema-usage';
import {
  getNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';

/** A coordinate of the public schema, with what the report needs. */
export interface Coordinate {
  readonly coordinate: string;
  readonly kind: CoordinateKind;
  /** The enclosing type. */
  readonly type: string;
  /** The deprecation reason, if any. */
  readonly deprecated?: string;
  /** The same coordinate on the interfaces of its type, whose use it serves. */
  readonly through: readonly string[];
}

/**
 * The coordinates whose use is observable. Enum values that occur in responses only are excluded, since no request
 * names them.
 */
export function visibleCoordinates(schema: GraphQLSchema): Coordinate[] {
  const reasons = deprecations(schema);
  const sent = sentEnums(schema);
  return [...schemaCoordinates(schema)].flatMap(([coordinate, kind]) => {
    const type = coordinate.slice(0, coordinate.indexOf('.'));
    if (kind === 'enumValue' && !sent.has(type)) return [];
    const deprecated = reasons.get(coordinate);
    const through = interfacesOf(schema, type).map((name) => `${name}${coordinate.slice(type.length)}`);
    return [{ coordinate, kind, type, ...(deprecated === undefined ? {} : { deprecated }), through }];
  });
}

function interfacesOf(schema: GraphQLSchema, name: string): string[] {
  const type = schema.getType(name);
  return isObjectType(type) || isInterfaceType(type) ? type.getInterfaces().map((each) => each.name) : [];
}

/** Reasons by coordinate. */
function deprecations(schema: GraphQLSchema): Map<string, string> {
  const reasons = new Map<string, string>();
  const add = (coordinate: string, reason: string | null | undefined) => {
    if (typeof reason === 'string') reasons.set(coordinate, reason);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isEnumType(type)) {
      for (const { name, deprecationReason } of type.getValues()) add(`${type.name}.${name}`, deprecationReason);
    } else if (isInputObjectType(type) || isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        const coordinate = `${type.name}.${field.name}`;
        add(coordinate, field.deprecationReason);
        if (!('args' in field)) continue;
        for (const { name, deprecationReason } of field.args) add(`${coordinate}(${name}:)`, deprecationReason);
      }
    }
  }
  return reasons;
}

/** The enums that a request can hold. */
function sentEnums(schema: GraphQLSchema): Set<string> {
  const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
  const inputs = types.flatMap((type) => {
    if (isInputObjectType(type)) return Object.values(type.getFields());
    if (isObjectType(type) || isInterfaceType(type)) return Object.values(type.getFields()).flatMap(({ args }) => args);
    return [];
  });
  return new Set(
    inputs
      .map(({ type }) => getNamedType(type))
      .filter(isEnumType)
      .map(({ name }) => name),
  );
}
