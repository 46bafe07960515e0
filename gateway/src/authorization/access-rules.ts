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
import { AUTHENTICATED, type Clause, namesClause } from './clause.ts';

/** Says what a caller must satisfy to select a field on a type; the same list for the same field each time. */
export interface AccessRules {
  /** False when the supergraph uses no auth directive at all. */
  readonly any: boolean;
  clausesOf(parentType: string, field: string): readonly Clause[];
}

type Declared = ReadonlyMap<string, readonly Clause[]>;

const NONE: readonly Clause[] = [];

/**
 * Reads the auth directives of a supergraph.
 *
 * A field asks for its own clauses, its parent type's and its result type's (object, interface, scalar or enum). On an
 * interface it asks for those of every implementing type too: composition copies them up since 2.12, and a supergraph
 * composed by an older version must not be weaker.
 */
export function accessRules(supergraph: Schema, api: GraphQLSchema): AccessRules {
  const declared = declaredClauses(supergraph);
  const known = new Map<string, readonly Clause[]>();
  return {
    any: declared.size > 0,
    clausesOf(parentType, field) {
      if (declared.size === 0 || field.startsWith('__')) return NONE;
      const coordinate = `${parentType}.${field}`;
      let clauses = known.get(coordinate);
      if (clauses === undefined) {
        clauses = distinct(fieldClauses(declared, api, api.getType(parentType), field));
        known.set(coordinate, clauses);
      }
      return clauses;
    },
  };
}

function fieldClauses(
  declared: Declared,
  api: GraphQLSchema,
  parent: GraphQLNamedType | undefined,
  field: string,
): Clause[] {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return [];
  const result = parent.getFields()[field];
  const own = [
    ...(declared.get(parent.name) ?? NONE),
    ...(declared.get(`${parent.name}.${field}`) ?? NONE),
    ...(result === undefined ? NONE : (declared.get(getNamedType(result.type).name) ?? NONE)),
  ];
  if (!isAbstractType(parent)) return own;
  return [...own, ...api.getPossibleTypes(parent).flatMap((type) => fieldClauses(declared, api, type, field))];
}

function distinct(clauses: readonly Clause[]): readonly Clause[] {
  return clauses.length === 0 ? NONE : [...new Map(clauses.map((clause) => [clause.id, clause])).values()];
}

function declaredClauses(schema: Schema): Declared {
  const declared = new Map<string, Clause[]>();
  const add = (element: unknown, clause: Clause): void => {
    const coordinate = element instanceof FieldDefinition ? element.coordinate : (element as NamedType).name;
    declared.set(coordinate, [...(declared.get(coordinate) ?? []), clause]);
  };
  for (const application of applications(schema, 'authenticated')) add(application.parent, AUTHENTICATED);
  for (const application of applications(schema, 'requiresScopes')) {
    const { scopes } = application.arguments() as { scopes: string[][] };
    add(application.parent, namesClause('requiresScopes', scopes));
  }
  for (const application of applications(schema, 'policy')) {
    const { policies } = application.arguments() as { policies: string[][] };
    add(application.parent, namesClause('policy', policies));
  }
  return declared;
}

function applications(schema: Schema, feature: 'authenticated' | 'requiresScopes' | 'policy') {
  const name = directiveNameOf(schema, feature);
  return name === undefined ? [] : (schema.directive(name)?.applications() ?? []);
}
