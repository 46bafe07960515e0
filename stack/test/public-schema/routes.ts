import {
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { type SampleOf, writeSample } from './written.ts';

export type Field = GraphQLField<unknown, unknown>;

/** A selection on the way from a root type: a field, or the type that an abstract one is narrowed to. */
export type RouteStep = { readonly field: Field } | { readonly on: string };

/** A type, and the selections that lead to it. */
export interface Route {
  readonly type: GraphQLNamedType;
  readonly steps: readonly RouteStep[];
}

/** Finds a value that works for an argument or input field of a field. */
export type SampleFor = (field: Field) => SampleOf;

/** A field with what is the caller's own, and null for everybody else: nothing else is reached through it. */
const OWN = /^viewer[A-Z]/;

/** The shortest route to each type that can be reached from one. */
export function routesFrom(schema: GraphQLSchema, start: Route): Route[] {
  const found = new Map<string, Route>([[start.type.name, start]]);
  for (const { type, steps } of found.values()) {
    for (const next of [...narrowed(schema, type), ...selected(type)]) {
      if (!found.has(next.type.name)) found.set(next.type.name, { type: next.type, steps: [...steps, next.step] });
    }
  }
  return [...found.values()];
}

function narrowed(schema: GraphQLSchema, type: GraphQLNamedType): { type: GraphQLNamedType; step: RouteStep }[] {
  if (!isAbstractType(type)) return [];
  return schema.getPossibleTypes(type).map((possible) => ({ type: possible, step: { on: possible.name } }));
}

function selected(type: GraphQLNamedType): { type: GraphQLNamedType; step: RouteStep }[] {
  return fieldsOf(type)
    .map((field) => ({ type: getNamedType(field.type), step: { field } }))
    .filter(({ type: next, step }) => isCompositeType(next) && !OWN.test(step.field.name));
}

export function fieldsOf(type: GraphQLNamedType): Field[] {
  return isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
}

/** A selection of a field at the end of a route, with its required arguments and those given. */
export function selectionOf(
  steps: readonly RouteStep[],
  field: Field | undefined,
  sampleFor: SampleFor,
  given: ReadonlyMap<string, string> = new Map(),
): string {
  const opened = steps.map((step) => ('on' in step ? `... on ${step.on}` : call(step.field, sampleFor)));
  const target = field
    ? `${call(field, sampleFor, given)}${isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''}`
    : '__typename';
  return `${[...opened, target].join(' { ')}${' }'.repeat(opened.length)}`;
}

/** @param given literals by argument */
export function call(field: Field, sampleFor: SampleFor, given: ReadonlyMap<string, string> = new Map()): string {
  const values = field.args
    .filter(({ name, type }) => given.has(name) || isNonNullType(type))
    .map(({ name, type }) => `${name}: ${given.get(name) ?? writeSample(type, name, sampleFor(field)).literal}`);
  return `${field.name}${values.length > 0 ? `(${values.join(', ')})` : ''}`;
}
