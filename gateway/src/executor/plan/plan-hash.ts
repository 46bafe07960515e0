import { createHash } from 'node:crypto';

import {
  getNamedType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import type { AuthorizationOutcome } from '../../authorization/authorization-outcome.ts';
import type { Operation } from '../../operation/operation.ts';
import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import { fetchesOf } from './fetches-of.ts';

export interface Hashed {
  readonly schema: GraphQLSchema;
  readonly subgraphs: ReadonlyMap<string, string>;
  readonly operation: Operation;
  readonly outcome: AuthorizationOutcome;
  readonly plans: readonly QueryPlan[];
}

/** Equal when an operation has the same fetches, by any name, the same subgraph URLs and response types. */
export function planHash({ schema, subgraphs, operation, outcome, plans }: Hashed): string {
  const names = new Set(plans.flatMap(({ node }) => fetchesOf(node)).map(({ serviceName }) => serviceName));
  const parts = {
    plans: plans.map(({ node }) => node ?? null),
    urls: [...names].toSorted().map((name) => [name, subgraphs.get(name) ?? '']),
    withheld: outcome.withheld.denied.map(({ parentType, path }) => [parentType, ...path]),
    types: typesOf(schema, operation),
  };
  return createHash('sha256').update(JSON.stringify(parts, withoutName)).digest('hex');
}

/** Fetches are named after the operation of the first client. */
function withoutName(_key: string, value: unknown): unknown {
  const { kind, operation, operationName, ...fetch } = (value ?? {}) as Partial<FetchNode>;
  if (kind !== 'Fetch' || operationName === undefined) return value;
  return { ...fetch, operation: operation?.replace(operationName, '') };
}

/** The types that the response writer depends on. */
function typesOf(schema: GraphQLSchema, operation: Operation): string[] {
  const types = new Set<string>();
  const info = new TypeInfo(schema);
  const field = (): void => {
    const parent = info.getParentType();
    const type = info.getType();
    if (!type || !parent) return;
    types.add(`${parent.name}.${info.getFieldDef()?.name ?? ''}: ${type.toString()}`);
    const named = getNamedType(type);
    if (isEnumType(named))
      types.add(
        `${named.name} = ${named
          .getValues()
          .map(({ name }) => name)
          .join('|')}`,
      );
    if (isAbstractType(named)) types.add(`${named.name} = ${possibleTypes(schema, named.name).join('|')}`);
  };
  visit(operation.document, visitWithTypeInfo(info, { Field: field }));
  return [...types].toSorted();
}

function possibleTypes(schema: GraphQLSchema, name: string): string[] {
  const type = schema.getType(name);
  if (isObjectType(type)) return [type.name];
  if (!isAbstractType(type)) return [];
  const implementations = isInterfaceType(type) ? schema.getImplementations(type).interfaces : [];
  return [...schema.getPossibleTypes(type), ...implementations].map((possible) => possible.name).toSorted();
}
