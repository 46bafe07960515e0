import { FieldDefinition, type NamedType, type Schema } from '@apollo/federation-internals';
import {
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

import { directiveNameOf } from '../supergraph/linked-features.ts';
import { AUTHENTICATED, type Requirement, namedRequirement } from './requirement.ts';

/** The requirements of a supergraph's fields. */
export interface AccessRules {
  /** False when the supergraph has no auth directives. */
  readonly any: boolean;
  /** Cached: the same array for the same field. */
  requirementsOf(parentType: string, field: string): readonly Requirement[];
}

type Declared = ReadonlyMap<string, readonly Requirement[]>;

const NONE: readonly Requirement[] = [];

/**
 * Reads the auth directives of a supergraph.
 *
 * A field has its own requirements, those of its parent type and those of its result type. On an interface it also has
 * those of every implementing type: composition copies them since 2.12, and a supergraph composed by an older version
 * must not be weaker.
 */
export function accessRules(supergraph: Schema, api: GraphQLSchema): AccessRules {
  const declared = declaredRequirements(supergraph);
  const known = new Map<string, readonly Requirement[]>();
  return {
    any: declared.size > 0,
    /** Cached: the same array for the same field. */
    requirementsOf(parentType, field) {
      if (declared.size === 0 || field.startsWith('__')) return NONE;
      const coordinate = `${parentType}.${field}`;
      let requirements = known.get(coordinate);
      if (requirements === undefined) {
        requirements = distinct(fieldRequirements(declared, api, api.getType(parentType), field));
        known.set(coordinate, requirements);
      }
      return requirements;
    },
  };
}

function fieldRequirements(
  declared: Declared,
  api: GraphQLSchema,
  parent: GraphQLNamedType | undefined,
  field: string,
): Requirement[] {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return [];
  const result = parent.getFields()[field];
  const own = [
    ...(declared.get(parent.name) ?? NONE),
    ...(declared.get(`${parent.name}.${field}`) ?? NONE),
    ...(result === undefined ? NONE : (declared.get(getNamedType(result.type).name) ?? NONE)),
  ];
  if (!isAbstractType(parent)) return own;
  return [...own, ...api.getPossibleTypes(parent).flatMap((type) => fieldRequirements(declared, api, type, field))];
}

function distinct(requirements: readonly Requirement[]): readonly Requirement[] {
  return requirements.length === 0
    ? NONE
    : [...new Map(requirements.map((requirement) => [requirement.id, requirement])).values()];
}

function declaredRequirements(schema: Schema): Declared {
  const declared = new Map<string, Requirement[]>();
  const add = (element: unknown, requirement: Requirement): void => {
    const coordinate = element instanceof FieldDefinition ? element.coordinate : (element as NamedType).name;
    declared.set(coordinate, [...(declared.get(coordinate) ?? []), requirement]);
  };
  for (const application of applications(schema, 'authenticated')) add(application.parent, AUTHENTICATED);
  for (const application of applications(schema, 'requiresScopes')) {
    const { scopes } = application.arguments() as { scopes: string[][] };
    add(application.parent, namedRequirement('requiresScopes', scopes));
  }
  for (const application of applications(schema, 'policy')) {
    const { policies } = application.arguments() as { policies: string[][] };
    add(application.parent, namedRequirement('policy', policies));
  }
  return declared;
}

function applications(schema: Schema, feature: 'authenticated' | 'requiresScopes' | 'policy') {
  const name = directiveNameOf(schema, feature);
  return name === undefined ? [] : (schema.directive(name)?.applications() ?? []);
}
