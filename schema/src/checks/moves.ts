import { type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode, Kind } from 'graphql';

import { groupBy } from '../group-by.ts';
import { hasFields, isRoot } from '../lint/rule.ts';
import type { SchemaChange } from './changes.ts';
import { argumentOf, directivesNamed, stringArgument } from './directives.ts';
import { keyedFields } from './keys.ts';
import type { Comparison } from './state.ts';

/** A move of a field, or of a whole type, out of a subgraph. */
export interface Move extends SchemaChange {
  /** The subgraph that resolved it. */
  readonly subgraph: string;
}

interface Subgraph {
  readonly name: string;
  readonly document: DocumentNode;
}

/**
 * The fields that a subgraph resolved and others resolve now.
 *
 * A gateway asks the old subgraph until it has the new supergraph, so a move is safe only while the old subgraph keeps
 * the field: the new one takes it over with `@override`, and the old one drops it with the next publication.
 */
export function movesBetween({ before, after }: Comparison): Move[] {
  const resolvedBefore = resolvers(before.subgraphs);
  const resolvedNow = resolvers(after.subgraphs);
  return before.subgraphs.flatMap(({ name, document }) => {
    const now = after.subgraphs.find((subgraph) => subgraph.name === name);
    const kept = now ? definedFields(now.document) : new Map<string, FieldDefinitionNode>();
    const moved = [...definedFields(document).keys()].filter((field) => {
      const others = resolvedNow.get(field) ?? [];
      return resolvedBefore.get(field)?.includes(name) && others.length > 0 && !others.includes(name);
    });
    const [overridden, dropped] = [moved.filter((field) => kept.has(field)), moved.filter((field) => !kept.has(field))];
    const owner = (field: string): string => (resolvedNow.get(field) ?? []).join(' and ');
    return [
      ...overridden.map((field) => overriddenField(name, field, owner(field))),
      ...droppedFields(name, document, now?.document, dropped, owner),
    ];
  });
}

function droppedFields(
  subgraph: string,
  before: DocumentNode,
  now: DocumentNode | undefined,
  fields: readonly string[],
  owner: (field: string) => string,
): Move[] {
  const keys = keyedFields(before);
  const kept = new Set((now?.definitions ?? []).filter(hasFields).map(({ name }) => name.value));
  const byType = groupBy(fields, (field) => field.slice(0, field.indexOf('.')));
  return [...byType].flatMap(([type, dropped]): Move[] => {
    if (kept.has(type) || isRoot(type)) return dropped.map((field) => movedField(subgraph, field, owner(field)));
    // Without its type a subgraph gives nothing of it but what gateways fetch by a key.
    const fetched = keys.get(type);
    const lost = fetched ? dropped.filter((field) => !fetched.has(field)) : [];
    const [first] = lost;
    return first === undefined ? [] : [movedType(subgraph, type, lost, owner(first))];
  });
}

const ONE_BY_ONE = 'Gateways ask for it until they have the new supergraph: take it over with @override first.';

function movedField(subgraph: string, coordinate: string, owner: string): Move {
  const message = `${coordinate} moved from ${subgraph} to ${owner} in one publication. ${ONE_BY_ONE}`;
  return { level: 'breaking', type: 'FIELD_MOVED', coordinate, message, meta: {}, subgraph };
}

function movedType(subgraph: string, coordinate: string, fields: readonly string[], owner: string): Move {
  const message = `${coordinate} moved from ${subgraph} to ${owner} in one publication. ${ONE_BY_ONE}`;
  return { level: 'breaking', type: 'TYPE_MOVED', coordinate, message, meta: { fields }, subgraph };
}

function overriddenField(subgraph: string, coordinate: string, owner: string): Move {
  const message = `${owner} takes ${coordinate} over from ${subgraph}, which may drop it with the next publication.`;
  return { level: 'safe', type: 'FIELD_OVERRIDDEN', coordinate, message, meta: {}, subgraph };
}

/** The subgraphs that resolve each field of an object type. */
function resolvers(subgraphs: readonly Subgraph[]): ReadonlyMap<string, readonly string[]> {
  const defined = subgraphs.flatMap(({ name, document }) =>
    [...definedFields(document)].map(([coordinate, field]) => ({ name, coordinate, from: overrideOf(field) })),
  );
  const overridden = new Set(defined.map(({ coordinate, from }) => `${from} ${coordinate}`));
  const resolving = new Map<string, string[]>();
  for (const { name, coordinate } of defined) {
    if (overridden.has(`${name} ${coordinate}`)) continue;
    resolving.set(coordinate, [...(resolving.get(coordinate) ?? []), name]);
  }
  return resolving;
}

/** The fields of object types that a subgraph defines, other than `@external` ones. */
function definedFields(document: DocumentNode): ReadonlyMap<string, FieldDefinitionNode> {
  return new Map(
    document.definitions.flatMap((type): [string, FieldDefinitionNode][] => {
      const isObject = type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.OBJECT_TYPE_EXTENSION;
      if (!isObject || isExternal(type)) return [];
      const fields = (type.fields ?? []).filter((field) => !isExternal(field));
      return fields.map((field) => [`${type.name.value}.${field.name.value}`, field]);
    }),
  );
}

function isExternal(node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }): boolean {
  return directivesNamed(node, 'external').length > 0;
}

/** The subgraph that a field is taken over from; with a label, both resolve it. */
function overrideOf(field: FieldDefinitionNode): string | undefined {
  const [override] = directivesNamed(field, 'override');
  return override && !argumentOf(override, 'label') ? stringArgument(override, 'from') : undefined;
}
