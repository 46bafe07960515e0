import { Kind, type ObjectTypeDefinitionNode } from 'graphql';

import type { Finding } from '../finding.ts';
import { approvalHint } from '../registry/approvals.ts';
import type { RegistryConfig } from '../registry/config.ts';
import { affectedBy } from './affected.ts';
import type { SchemaChange } from './changes.ts';
import { culpritOf, placeIn } from './comparison.ts';
import { directivesNamed, stringArgument } from './directives.ts';
import type { Comparison } from './state.ts';
import { useInWords, type Uses } from './uses.ts';

/** The number of uses to list; the rest are counted. */
const LISTED = 5;

/** The coordinates whose uses are needed to judge the changes. */
export function coordinatesToAsk({ changes, before }: Comparison): string[] {
  const breaking = changes.filter(({ level }) => level === 'breaking');
  return [...new Set(breaking.flatMap((change) => affectedBy(change, before.api).byRequests))];
}

/** Judges the breaking and dangerous changes of the public schema. */
export function changeFindings(comparison: Comparison, uses: Uses, config: RegistryConfig): Finding[] {
  const findings = comparison.changes.flatMap((change): Finding[] => {
    if (change.level === 'breaking') return [breakingFinding(comparison, change, uses)];
    if (change.level === 'safe' || config.changes.dangerous === 'ignore') return [];
    return [
      {
        class: 'breaking',
        rule: `breaking/${kebab(change.type)}`,
        severity: config.changes.dangerous === 'warn' ? 'warning' : 'error',
        message: `Dangerous: ${change.message}`,
        coordinate: change.coordinate,
        ...culpritOf(comparison, change.coordinate),
      },
    ];
  });
  return [...findings, ...removedKeys(comparison)];
}

function breakingFinding(comparison: Comparison, change: SchemaChange, uses: Uses): Finding {
  const rule = `breaking/${kebab(change.type)}`;
  const { coordinate } = change;
  const { counting, ignored } = uses.of(affectedBy(change, comparison.before.api));
  const finding = {
    class: 'breaking',
    rule,
    coordinate,
    ...culpritOf(comparison, coordinate),
    uses: [...counting, ...ignored],
  } as const;
  const passed = ignored.length === 0 ? '' : `, but for what does not count: ${joinList(ignored)}`;
  if (uses.refusing) {
    return { ...finding, severity: 'error', message: `${change.message} ${uses.basis}.`, help: approvalHint(finding) };
  }
  if (counting.length === 0) {
    return { ...finding, severity: 'note', message: `${change.message} ${uses.unused}${passed}.` };
  }
  return {
    ...finding,
    severity: 'error',
    message: `${change.message} Used by ${joinList(counting)}.`,
    help: `Keep it and mark it @deprecated until they are gone (docs/schema-workflow.md); or ${approvalHint(finding)}`,
  };
}

function joinList(uses: SchemaUses): string {
  const listed = uses.slice(0, LISTED).map(useInWords).join(', ');
  return uses.length > LISTED ? `${listed} and ${uses.length - LISTED} more` : listed;
}

type SchemaUses = NonNullable<Finding['uses']>;

/** A gateway with the old supergraph resolves entities by the old keys until it loads the new one. */
function removedKeys({ before, after }: Comparison): Finding[] {
  return before.subgraphs.flatMap(({ name, index }) => {
    const now = after.subgraphs.find((subgraph) => subgraph.name === name);
    if (!now) return [];
    return [...index].flatMap(([type, node]): Finding[] => {
      const current = now.index.get(type);
      if (!isObject(node) || !current || !isObject(current)) return [];
      const kept = new Set(keysOf(current));
      return keysOf(node)
        .filter((key) => !kept.has(key))
        .map((key): Finding => {
          const finding = {
            class: 'breaking',
            rule: 'breaking/key-removed',
            coordinate: type,
            subgraph: name,
          } as const;
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

function isObject(node: { readonly kind: string }): node is ObjectTypeDefinitionNode {
  return (
    node.kind === Kind.OBJECT_TYPE_DEFINITION ||
    node.kind === Kind.OBJECT_TYPE_EXTENSION ||
    node.kind === Kind.INTERFACE_TYPE_DEFINITION
  );
}

/** The resolvable keys of a type, normalised. */
function keysOf(node: ObjectTypeDefinitionNode): string[] {
  return directivesNamed(node, 'key')
    .filter(({ arguments: args = [] }) =>
      args.every(({ name, value }) => name.value !== 'resolvable' || value.kind !== Kind.BOOLEAN || value.value),
    )
    .map((key) => (stringArgument(key, 'fields') ?? '').trim().replaceAll(/[\s,]+/g, ' '));
}

function kebab(type: string): string {
  return type.toLowerCase().replaceAll('_', '-');
}
