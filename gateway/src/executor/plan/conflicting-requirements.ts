import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { FieldNode } from 'graphql';

import type { RequiredFields } from '../../supergraph/required-fields.ts';
import { entityDocument, visitEntityFields, withEntityFields, withoutInputs } from './entity-fields.ts';

/**
 * The fetches of an entity fetch whose fields require one field with different arguments. A representation has room for
 * one value, so fields that differ are fetched apart.
 */
export function fetchesWithoutConflicts(fetch: FetchNode, required: RequiredFields): FetchNode[] {
  const rivals = rivalsIn(fetch.requires ?? [], required);
  if (rivals.size === 0) return [fetch];
  const document = entityDocument(fetch);
  const parts: Set<string>[] = [];
  visitEntityFields(document, (node, type) => {
    place(needsOf(node, type, rivals, required), parts, rivals);
    return node;
  });
  return parts.map((names) => ({
    ...fetch,
    ...withEntityFields(document, (node, type) => {
      const needs = needsOf(node, type, rivals, required);
      return parts.find((part) => isWithin(needs, part)) === names ? node : null;
    }),
    requires: withoutInputs(fetch.requires ?? [], (name) => rivals.has(name) && !names.has(name)),
  }));
}

type Names = ReadonlySet<string>;
/** The other names of the same field in the same object. */
type Rivals = ReadonlyMap<string, Names>;

function rivalsIn(selections: readonly QueryPlanSelectionNode[], required: RequiredFields): Rivals {
  const namesByPlace = new Map<string, Set<string>>();
  const walk = (nodes: readonly QueryPlanSelectionNode[], path: string): void => {
    for (const node of nodes) {
      if (node.kind === 'InlineFragment') {
        walk(node.selections, path);
        continue;
      }
      const field = required.byName.get(node.name)?.field;
      const at = `${path}.${field ?? node.name}`;
      if (field !== undefined) namesByPlace.set(at, (namesByPlace.get(at) ?? new Set()).add(node.name));
      walk(node.selections ?? [], at);
    }
  };
  walk(selections, '');
  const rivals = new Map<string, Set<string>>();
  for (const names of namesByPlace.values()) {
    if (names.size < 2) continue;
    for (const name of names) {
      const known = rivals.get(name) ?? new Set();
      for (const other of names) if (other !== name) known.add(other);
      rivals.set(name, known);
    }
  }
  return rivals;
}

function needsOf(node: FieldNode, type: string, rivals: Rivals, { byCoordinate }: RequiredFields): Names {
  const names = [...(byCoordinate.get(`${type}.${node.name.value}`)?.own ?? [])];
  return new Set(names.filter((name) => rivals.has(name)));
}

/** Adds a field's needs to the first part with which they do not conflict. */
function place(needs: Names, parts: Set<string>[], rivals: Rivals): void {
  const part = parts.find((names) =>
    [...needs].every((name) => [...names].every((other) => !rivals.get(name)?.has(other))),
  );
  if (part === undefined) parts.push(new Set(needs));
  else for (const name of needs) part.add(name);
}

function isWithin(needs: Names, part: Names): boolean {
  return [...needs].every((name) => part.has(name));
}
