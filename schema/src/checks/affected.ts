import {
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parseType,
} from 'graphql';

import type { SchemaChange } from './changes.ts';
import { memberRead } from './members-read.ts';

/** The uses that a change breaks. */
export interface Affected {
  /** Coordinates, and members of abstract types, that an operation uses. */
  readonly byOperations: readonly string[];
  /** Coordinates recorded by gateways; these do not tell which members of an abstract type a request reads. */
  readonly byRequests: readonly string[];
}

/**
 * The uses that a change breaks.
 *
 * A field is also used by a selection of the same field on an interface that its type implements. A newly required
 * argument or input field breaks requests that omit it, so every use of the enclosing field or input type counts. A
 * value of an enum is used by whoever sends it, and by whoever selects a field of the enum.
 *
 * @param before - the published schema
 */
export function affectedBy(change: SchemaChange, before: GraphQLSchema): Affected {
  const { type, coordinate, meta } = change;
  if (type === 'UNION_MEMBER_REMOVED') return ofMember(before, coordinate, String(meta['removedUnionMemberTypeName']));
  if (type === 'OBJECT_TYPE_INTERFACE_REMOVED') {
    return ofMember(before, String(meta['removedInterfaceName']), coordinate);
  }
  const coordinates = coordinatesOf(change, before);
  return { byOperations: coordinates, byRequests: coordinates };
}

/** The uses of an object type, or of a narrower interface, as a member of a union or interface. */
function ofMember(schema: GraphQLSchema, abstract: string, member: string): Affected {
  const [union, type] = [schema.getType(abstract), schema.getType(member)];
  const fields = isInterfaceType(union) ? Object.keys(union.getFields()).map((field) => `${abstract}.${field}`) : [];
  const objects = isInterfaceType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [member];
  return {
    byOperations: objects.map((object) => memberRead(abstract, object)),
    byRequests: [abstract, ...fields, ...givers(schema, abstract)],
  };
}

function coordinatesOf({ type, coordinate, meta }: SchemaChange, before: GraphQLSchema): readonly string[] {
  const [typeName = ''] = coordinate.split(/[.(]/);
  const field = coordinate.replace(/\(.*$/, '');
  switch (type) {
    case 'FIELD_REMOVED':
    case 'FIELD_TYPE_CHANGED':
    case 'FIELD_ARGUMENT_ADDED':
      return ofField(before, field);
    case 'FIELD_ARGUMENT_REMOVED':
      return [...new Set(ofField(before, field).map((each) => `${each}${argumentOf(coordinate)}`))];
    case 'FIELD_ARGUMENT_TYPE_CHANGED':
      return becomesRequired(meta['oldArgumentType'], meta['newArgumentType'])
        ? ofField(before, field)
        : ofField(before, field).map((each) => `${each}${argumentOf(coordinate)}`);
    case 'INPUT_FIELD_TYPE_CHANGED':
      return becomesRequired(meta['oldInputFieldType'], meta['newInputFieldType'])
        ? ofType(before, typeName)
        : [coordinate];
    case 'FIELD_MOVED':
      return ofResolver(before, field);
    case 'TYPE_MOVED':
      return (meta['fields'] as readonly string[]).flatMap((each) => ofResolver(before, each));
    case 'INPUT_FIELD_REMOVED':
      return [coordinate];
    case 'ENUM_VALUE_REMOVED':
      return [coordinate, ...givers(before, typeName)];
    case 'SCHEMA_QUERY_TYPE_CHANGED':
    case 'SCHEMA_MUTATION_TYPE_CHANGED':
    case 'SCHEMA_SUBSCRIPTION_TYPE_CHANGED':
      return ofType(before, rootType(before, type));
    default:
      return ofType(before, typeName);
  }
}

/** The coordinates of a type and everything in it. */
export function ofType(schema: GraphQLSchema, name: string): readonly string[] {
  const type = schema.getType(name);
  if (isEnumType(type)) {
    return [name, ...type.getValues().map((value) => `${name}.${value.name}`), ...givers(schema, name)];
  }
  if (isInputObjectType(type)) return [name, ...Object.keys(type.getFields()).map((field) => `${name}.${field}`)];
  if (isObjectType(type) || isInterfaceType(type)) {
    const fields = Object.keys(type.getFields());
    return [name, ...fields.flatMap((field) => ofField(schema, `${name}.${field}`))];
  }
  return [name, ...givers(schema, name)];
}

/** The fields that return a type. */
function givers(schema: GraphQLSchema, name: string): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) return [];
    return Object.values(type.getFields())
      .filter((field) => getNamedType(field.type).name === name)
      .map((field) => `${type.name}.${field.name}`);
  });
}

/** The coordinates by which a field may be selected: on its type, interfaces and implementing types. */
function ofField(schema: GraphQLSchema, coordinate: string): readonly string[] {
  const [typeName = '', field = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) return [coordinate];
  const interfaces = type.getInterfaces().filter((each) => field in each.getFields());
  return [coordinate, ...interfaces.map(({ name }) => `${name}.${field}`)];
}

/** The coordinates by which a field that a subgraph resolves may be selected; it may resolve those of an interface. */
function ofResolver(schema: GraphQLSchema, coordinate: string): readonly string[] {
  const [typeName = '', field = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  const objects = isInterfaceType(type) ? schema.getPossibleTypes(type).map(({ name }) => `${name}.${field}`) : [];
  return [...ofField(schema, coordinate), ...objects];
}

/**
 * The input fields and enum values that an operation may send in its variables.
 *
 * @param used - the coordinates that the operation names, its variables' types among them
 */
export function sendableBy(schema: GraphQLSchema, used: readonly string[]): ReadonlySet<string> {
  const sendable = new Set<string>();
  const walk = (name: string): void => {
    const type = schema.getType(name);
    if (sendable.has(name) || !(isEnumType(type) || isInputObjectType(type))) return;
    sendable.add(name);
    if (isEnumType(type)) for (const value of type.getValues()) sendable.add(`${name}.${value.name}`);
    if (!isInputObjectType(type)) return;
    for (const field of Object.values(type.getFields())) {
      sendable.add(`${name}.${field.name}`);
      walk(getNamedType(field.type).name);
    }
  };
  for (const coordinate of used) if (!coordinate.includes('.')) walk(coordinate);
  return sendable;
}

function becomesRequired(before: unknown, after: unknown): boolean {
  return parseType(String(after)).kind === 'NonNullType' && parseType(String(before)).kind !== 'NonNullType';
}

function argumentOf(coordinate: string): string {
  return coordinate.slice(coordinate.indexOf('('));
}

function rootType(schema: GraphQLSchema, change: string): string {
  if (change === 'SCHEMA_QUERY_TYPE_CHANGED') return schema.getQueryType()?.name ?? 'Query';
  if (change === 'SCHEMA_MUTATION_TYPE_CHANGED') return schema.getMutationType()?.name ?? 'Mutation';
  return schema.getSubscriptionType()?.name ?? 'Subscription';
}
