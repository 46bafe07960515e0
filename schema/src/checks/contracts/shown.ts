import { type ASTNode, visit } from 'graphql';

import type { Finding } from '../../finding.ts';
import { groupBy } from '../../group-by.ts';
import { approvalHint } from '../../registry/approvals.ts';
import type { SdlIndex } from '../../registry/locations.ts';
import { culpritOf } from '../comparison.ts';
import { apiIndex, supergraphIndex } from '../parsed.ts';
import type { Comparison } from '../state.ts';
import { isTagged } from './contracts.ts';
import type { VariantComparison } from './variants.ts';

/** Finds what contract variants show although they hid it. */
export function shownFindings(comparison: Comparison, variants: readonly VariantComparison[]): Finding[] {
  const supergraphs = {
    before: supergraphIndex(comparison.before.composed),
    after: supergraphIndex(comparison.after.composed),
    api: apiIndex(comparison.before.composed),
  };
  const shown = variants.flatMap((variant) =>
    newlyShown(variant, supergraphs).map((coordinate) => ({ coordinate, name: variant.name })),
  );
  return [...groupBy(shown, ({ coordinate }) => coordinate)].map(([coordinate, of]) =>
    exposedFinding(
      comparison,
      coordinate,
      of.map(({ name }) => name),
    ),
  );
}

function exposedFinding(comparison: Comparison, coordinate: string, names: readonly string[]): Finding {
  const place = culpritOf(comparison, coordinate);
  const finding = { class: 'contract', rule: 'contract/exposed', coordinate, ...place } as const;
  return {
    ...finding,
    severity: 'error',
    message: `The contract variant ${names.join(' and ')} hid ${coordinate} and now shows it.`,
    help: `Restore the tag, or ${approvalHint(finding)}`,
  };
}

interface Supergraphs {
  readonly before: SdlIndex;
  readonly after: SdlIndex;
  /** Of the published public schema, without `@inaccessible` elements. */
  readonly api: SdlIndex;
}

/** Elements that lost their tag, and published types and fields that became visible otherwise. */
function newlyShown({ exclude, shownBefore, shown }: VariantComparison, { before, after, api }: Supergraphs): string[] {
  const visible = [...shown.keys()].filter((each) => !shownBefore.has(each) && api.has(each));
  const untagged = visible.filter((each) => isTagged(before.get(each), exclude) && !isTagged(after.get(each), exclude));
  const explained = new Set<string>();
  const walk = (coordinate: string): void => {
    const node = shown.get(coordinate);
    if (explained.has(coordinate) || !node || (shownBefore.has(coordinate) && !coordinate.includes('.'))) return;
    explained.add(coordinate);
    for (const name of namesIn(node)) walk(name);
  };
  for (const coordinate of untagged) walk(coordinate);
  const isExplained = (coordinate: string): boolean =>
    [coordinate, coordinate.replace(/\(.*$/, ''), coordinate.replace(/\..*$/, '')].some((each) => explained.has(each));
  const otherwise = visible.filter((each) => {
    if (untagged.includes(each) || isExplained(each)) return false;
    walk(each);
    return true;
  });
  return [...untagged, ...otherwise];
}

function namesIn(node: ASTNode): string[] {
  const names: string[] = [];
  visit(node, { NamedType: ({ name }) => void names.push(name.value) });
  return names;
}
