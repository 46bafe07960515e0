import { type ASTNode, type ConstDirectiveNode } from 'graphql';

import type { Finding } from '../../finding.ts';
import { approvalHint } from '../../registry/approvals.ts';
import type { SdlIndex } from '../../registry/locations.ts';
import { culpritOf } from '../comparison.ts';
import { supergraphIndex } from '../parsed.ts';
import type { Comparison } from '../state.ts';
import { isHidden } from './access.ts';

/** Finds elements that lost `@inaccessible`: clients see what nobody but subgraphs saw. */
export function exposedFindings(comparison: Comparison): Finding[] {
  const before = supergraphIndex(comparison.before.composed);
  const after = supergraphIndex(comparison.after.composed);
  return [...before].flatMap(([coordinate, node]): Finding[] => {
    if (!hasInaccessible(node) || !after.has(coordinate) || isHiddenIn(after, coordinate)) return [];
    const finding = {
      class: 'authorisation',
      rule: 'authorisation/exposed',
      coordinate,
      ...culpritOf(comparison, coordinate),
    } as const;
    return [
      {
        ...finding,
        severity: 'error',
        message: `${coordinate} was @inaccessible and is now visible to clients.`,
        help: `Restore @inaccessible, or ${approvalHint(finding)}`,
      },
    ];
  });
}

function isHiddenIn(index: SdlIndex, coordinate: string): boolean {
  const enclosing = [coordinate, coordinate.replace(/\(.*$/, ''), coordinate.replace(/\..*$/, '')];
  return enclosing.some((each) => hasInaccessible(index.get(each)));
}

/** The directives of SDL are constant. */
function hasInaccessible(node: ASTNode | undefined): boolean {
  return node !== undefined && isHidden(node as { readonly directives?: readonly ConstDirectiveNode[] });
}
