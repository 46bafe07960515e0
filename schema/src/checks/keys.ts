import { type ConstDirectiveNode, type DocumentNode, Kind, parse, print, visit } from 'graphql';

import type { Finding } from '../finding.ts';
import { hasFields } from '../lint/rule.ts';
import { approvalHint } from '../registry/approvals.ts';
import { placeIn } from './comparison.ts';
import { argumentOf, directivesNamed, stringArgument } from './directives.ts';
import type { Comparison } from './state.ts';

/** Finds removed keys: a gateway with the old supergraph resolves entities by them until it loads the new one. */
export function removedKeys({ before, after }: Comparison): Finding[] {
  return before.subgraphs.flatMap(({ name, document }) => {
    const now = after.subgraphs.find((subgraph) => subgraph.name === name);
    if (!now) return [];
    const current = keysByType(now.document);
    return [...keysByType(document)].flatMap(([type, keys]) => {
      // A type that its subgraph no longer has is judged by its fields.
      if (!now.index.has(type)) return [];
      const removed = keys.filter((key) => !current.get(type)?.includes(key));
      return removed.map((key): Finding => {
        const finding = { class: 'breaking', rule: 'breaking/key-removed', coordinate: type, subgraph: name } as const;
        return {
          ...finding,
          severity: 'error',
          message: `The key "${key}" of ${type} was removed from ${name}. Gateways resolve ${type} by it until they have the new supergraph.`,
          help: `Keep the key for a release, or ${approvalHint(finding)}`,
          ...placeIn(after.subgraphs, name, type),
        };
      });
    });
  });
}

/** The resolvable keys of each type, of its definition and its extensions, in a form that their layout does not change. */
function keysByType(document: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>();
  for (const node of document.definitions) {
    if (!hasFields(node)) continue;
    const own = directivesNamed(node, 'key').filter(isResolvable).map(keyFields);
    if (own.length > 0) keys.set(node.name.value, [...(keys.get(node.name.value) ?? []), ...own]);
  }
  return keys;
}

function isResolvable(key: ConstDirectiveNode): boolean {
  const value = argumentOf(key, 'resolvable');
  return value?.kind !== Kind.BOOLEAN || value.value;
}

/** The fields of a key, each once and in the order of their names. */
function keyFields(key: ConstDirectiveNode): string {
  const fields = parse(`{${stringArgument(key, 'fields') ?? ''}}`, { noLocation: true });
  const sorted = visit(fields, {
    SelectionSet: {
      leave: (set) => {
        const byText = new Map(set.selections.map((field) => [print(field), field]));
        return { ...set, selections: [...byText].toSorted().map(([, field]) => field) };
      },
    },
  });
  return print(sorted).replaceAll(/\s+/g, ' ').slice(2, -2);
}

/** The coordinates of the fields in the resolvable keys of each entity. */
export function keyedFields(document: DocumentNode): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    [...keysByType(document)].map(([type, keys]) => [
      type,
      new Set(
        keys.flatMap((key) => key.replaceAll(/\{[^{}]*\}/g, '').split(/[\s{}]+/)).map((field) => `${type}.${field}`),
      ),
    ]),
  );
}
