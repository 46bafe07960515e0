import type { Finding } from '../../finding.ts';
import { groupBy } from '../../group-by.ts';
import { approvalHint } from '../../registry/approvals.ts';
import { affectedBy } from '../affected.ts';
import { joinList } from '../breaking.ts';
import { culpritOf } from '../comparison.ts';
import type { Comparison } from '../state.ts';
import type { Uses } from '../uses.ts';
import type { VariantComparison } from './variants.ts';

/** Finds what contract variants hide although their clients use it. */
export function hiddenFindings(comparison: Comparison, variants: readonly VariantComparison[], uses: Uses): Finding[] {
  const hidden = variants.flatMap((variant) => variant.changes.map((change) => ({ variant, change })));
  return [...groupBy(hidden, ({ change }) => change.message)].flatMap(([message, of]): Finding[] => {
    const counting = of.flatMap(({ variant, change }) =>
      uses.of(affectedBy(change, variant.before)).counting.filter(variant.isOf),
    );
    const [first] = of;
    if (!first || (counting.length === 0 && !uses.refusing)) return [];
    const { coordinate } = first.change;
    const finding = {
      class: 'contract',
      rule: 'contract/hidden',
      coordinate,
      ...culpritOf(comparison, coordinate),
      uses: [...new Map(counting.map((use) => [JSON.stringify(use), use])).values()],
    } as const;
    return [
      {
        ...finding,
        severity: 'error',
        message: `In the contract variant ${of.map(({ variant }) => variant.name).join(' and ')}: ${message} ${uses.refusing ? uses.basis : `Used by ${joinList(finding.uses)}`}.`,
        help: `Remove the tag until they are gone, or ${approvalHint(finding)}`,
      },
    ];
  });
}
