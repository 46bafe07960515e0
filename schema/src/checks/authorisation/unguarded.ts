import type { Finding } from '../../finding.ts';
import { isRoot } from '../../lint/rule.ts';
import { approvalHint } from '../../registry/approvals.ts';
import { placeIn } from '../comparison.ts';
import type { Comparison } from '../state.ts';
import type { Access, AccessField } from './access.ts';
import { isGuarded, isOpen } from './requirement.ts';

/**
 * Finds new open fields of a guarded type: one with a guarded field in any subgraph. Of a root type, which all
 * subgraphs share, only the fields in the same subgraph count.
 */
export function unguardedFindings(comparison: Comparison, before: Access, added: readonly AccessField[]): Finding[] {
  return added.flatMap(({ type, coordinate, requirement }): Finding[] => {
    const subgraph = comparison.after.subgraphs.find(({ index }) => index.has(coordinate))?.name;
    if (!isOpen(requirement) || subgraph === undefined) return [];
    const guarded = isRoot(type) ? isGuardedIn(comparison, subgraph, type) : isGuardedType(before, type);
    if (!guarded) return [];
    const finding = { class: 'authorisation', rule: 'authorisation/unprotected', coordinate, subgraph } as const;
    return [
      {
        ...finding,
        severity: 'error',
        message: `${coordinate} is new and open to everyone, unlike other fields of ${type}${isRoot(type) ? ` in ${subgraph}` : ''}.`,
        help: `Put @authenticated, @requiresScopes or @policy on it, or ${approvalHint(finding)}`,
        ...placeIn(comparison.after.subgraphs, subgraph, coordinate),
      },
    ];
  });
}

function isGuardedType({ fields }: Access, type: string): boolean {
  return [...fields.values()].some((field) => field.type === type && !isOpen(field.own));
}

function isGuardedIn({ before }: Comparison, subgraph: string, type: string): boolean {
  const index = before.subgraphs.find(({ name }) => name === subgraph)?.index ?? new Map();
  return [...index].some(
    ([coordinate, node]) => coordinate.startsWith(`${type}.`) && node.kind === 'FieldDefinition' && isGuarded(node),
  );
}
