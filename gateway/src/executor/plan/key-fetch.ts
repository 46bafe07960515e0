import type { FetchNode } from '@apollo/query-planner';

import type { RequiredFields } from '../../supergraph/required-fields.ts';
import { entityDocument, visitEntityFields, withEntityFields, withoutInputs } from './entity-fields.ts';

/**
 * The part of an entity fetch that needs only a key, for entities that lack a required field. Undefined when the fetch
 * has no such part, or no other.
 *
 * The planner puts the fields of an entity into one fetch, whether they require other fields or not. A required field
 * is missing where the client selects what requires it on other types only, or where it could not be fetched.
 */
export function keyFetch(fetch: FetchNode, { byCoordinate, keys }: RequiredFields): FetchNode | undefined {
  if (fetch.requires === undefined || fetch.contextRewrites !== undefined || byCoordinate.size === 0) return undefined;
  const document = entityDocument(fetch);
  const required = new Set<string>();
  let kept = 0;
  visitEntityFields(document, (node, type) => {
    const names = byCoordinate.get(`${type}.${node.name.value}`);
    for (const name of names?.all ?? []) required.add(name);
    if (names === undefined) kept++;
    return node;
  });
  if (required.size === 0 || kept === 0) return undefined;
  return {
    ...fetch,
    ...withEntityFields(document, (node, type) => (byCoordinate.has(`${type}.${node.name.value}`) ? null : node)),
    requires: withoutInputs(fetch.requires, (name) => required.has(name) && !keys.has(name)),
  };
}
