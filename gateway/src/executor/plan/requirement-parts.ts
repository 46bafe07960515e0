import type { FetchNode } from '@apollo/query-planner';
import type { FieldNode } from 'graphql';

import type { RequiredFields } from '../../supergraph/required-fields.ts';
import { entityDocument, visitEntityFields, withEntityFields, withoutInputs } from './entity-fields.ts';

/**
 * The parts of an entity fetch by what its fields require, for entities that lack a required field: each still gets
 * the fields whose own requirements are there. Empty when all fields require the same.
 *
 * The planner puts the fields of an entity into one fetch, whatever they require. A required field is missing where
 * the client selects what requires it on other types only, or where it could not be fetched.
 */
export function requirementParts(fetch: FetchNode, { byCoordinate, keys }: RequiredFields): FetchNode[] {
  if (fetch.requires === undefined || fetch.contextRewrites !== undefined || byCoordinate.size === 0) return [];
  const namesOf = (node: FieldNode, type: string): ReadonlySet<string> =>
    byCoordinate.get(`${type}.${node.name.value}`)?.all ?? NOTHING;
  const keyOf = (names: ReadonlySet<string>): string => [...names].toSorted().join();
  const document = entityDocument(fetch);
  const groups = new Map<string, ReadonlySet<string>>();
  visitEntityFields(document, (node, type) => {
    const names = namesOf(node, type);
    groups.set(keyOf(names), names);
    return node;
  });
  if (groups.size < 2) return [];
  const required = new Set([...groups.values()].flatMap((names) => [...names]));
  return [...groups].map(([key, names]) => ({
    ...fetch,
    ...withEntityFields(document, (node, type) => (keyOf(namesOf(node, type)) === key ? node : null)),
    requires: withoutInputs(fetch.requires ?? [], (name) => required.has(name) && !names.has(name) && !keys.has(name)),
  }));
}

const NOTHING: ReadonlySet<string> = new Set();
