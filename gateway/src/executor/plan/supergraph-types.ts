import type { Schema } from '@apollo/federation-internals';
import { Kind, parse } from 'graphql';

import type { ReadSupergraph } from '../../supergraph/read-supergraph.ts';

/** The types that satisfy a type condition, including inaccessible ones, which fetches may contain. */
export function typesMatchingIn(schema: Schema): (typeCondition: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  return (typeCondition) => {
    let names = known.get(typeCondition);
    if (names === undefined) {
      names = new Set([typeCondition, ...subtypesOf(schema, typeCondition)]);
      known.set(typeCondition, names);
    }
    return names;
  };
}

/** The top-level leaves of a type's `@key` fields. */
export function keysIn(schema: Schema): (typename: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  return (typename) => {
    let keys = known.get(typename);
    if (keys === undefined) {
      keys = new Set(keySetsOf(schema, typename).flatMap(leavesAtTop));
      known.set(typename, keys);
    }
    return keys;
  };
}

function keySetsOf(schema: Schema, typename: string): string[] {
  const applications = schema.type(typename)?.appliedDirectivesOf('join__type') ?? [];
  return applications.flatMap((application) => (application.arguments() as { key?: string }).key ?? []);
}

function leavesAtTop(fieldSet: string): string[] {
  const [operation] = parse(`{${fieldSet}}`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  return operation.selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD && selection.selectionSet === undefined ? [selection.name.value] : [],
  );
}

/** All interfaces, including inaccessible ones. */
export function interfacesOf(schema: Schema): ReadonlySet<string> {
  return new Set(schema.interfaceTypes().map(({ name }) => name));
}

/** Interfaces that are an object in some subgraph, and the interfaces that these implement. */
export function interfaceObjectsIn(schema: Schema): ReadonlySet<string> {
  const interfaces = schema.interfaceTypes().filter((type) =>
    type.appliedDirectivesOf('join__type').some((application) => {
      const { isInterfaceObject } = application.arguments() as { isInterfaceObject?: boolean };
      return isInterfaceObject === true;
    }),
  );
  return new Set(interfaces.flatMap((type) => [type, ...type.interfaces()]).map(({ name }) => name));
}

/**
 * The name of a type in a subgraph. A subgraph with the type's interface as `@interfaceObject` knows only the name of
 * the interface.
 */
export function typenamesIn({ supergraph }: ReadSupergraph): (subgraph: string, typename: string) => string {
  const subgraphs = supergraph.subgraphs();
  return (subgraph, typename) => {
    const schema = subgraphs.get(subgraph)?.schema;
    if (schema === undefined || schema.type(typename) !== undefined) return typename;
    const type = supergraph.schema.type(typename);
    const interfaces = type?.kind === 'ObjectType' ? type.interfaces() : [];
    return interfaces.find(({ name }) => schema.type(name)?.kind === 'ObjectType')?.name ?? typename;
  };
}

function subtypesOf(schema: Schema, typeCondition: string): string[] {
  const type = schema.type(typeCondition);
  if (type?.kind === 'UnionType') return type.types().map(({ name }) => name);
  return type?.kind === 'InterfaceType' ? type.allImplementations().map(({ name }) => name) : [];
}
