import {
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import type { CoordinateKind } from './usage.ts';

/** Every field, argument, input field and enum value of a schema, by coordinate. */
export function schemaCoordinates(schema: GraphQLSchema): Map<string, CoordinateKind> {
  const coordinates = new Map<string, CoordinateKind>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    if (isEnumType(type)) {
      for (const { name } of type.getValues()) coordinates.set(`${type.name}.${name}`, 'enumValue');
    } else if (isInputObjectType(type)) {
      for (const name of Object.keys(type.getFields())) coordinates.set(`${type.name}.${name}`, 'inputField');
    } else if (isObjectType(type) || isInterfaceType(type)) {
      for (const { name, args } of Object.values(type.getFields())) {
        coordinates.set(`${type.name}.${name}`, 'field');
        for (const argument of args) coordinates.set(`${type.name}.${name}(${argument.name}:)`, 'argument');
      }
    }
  }
  return coordinates;
}
