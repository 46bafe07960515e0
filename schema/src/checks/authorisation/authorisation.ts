import type { Composed } from '../../composition.ts';
import type { Finding } from '../../finding.ts';
import { computedOnce, supergraphDocument, supergraphIndex } from '../parsed.ts';
import type { Comparison } from '../state.ts';
import { accessOf } from './access.ts';
import { exposedFindings } from './exposed.ts';
import { newWayFindings } from './new-ways.ts';
import { overriddenFindings } from './overridden.ts';
import { renamedFindings } from './renamed.ts';
import { unguardedFindings } from './unguarded.ts';
import { weakenedFindings } from './weakened.ts';

const access = computedOnce((composed: Composed) => accessOf(supergraphDocument(composed)));

/** Finds what more callers may read than before, once for each coordinate. */
export function authorisationFindings(comparison: Comparison): Finding[] {
  const [published, current] = [comparison.before.composed, comparison.after.composed];
  const [before, after] = [access(published), access(current)];
  const known = supergraphIndex(published);
  const added = [...after.fields.values()].filter(({ coordinate }) => !known.has(coordinate));
  const findings = [
    ...weakenedFindings(comparison, before, after),
    ...overriddenFindings(comparison, before, after),
    ...exposedFindings(comparison),
    ...renamedFindings(comparison, before, after, added),
    ...unguardedFindings(comparison, before, added),
    ...newWayFindings(comparison, before, after),
  ];
  const first = new Map(findings.toReversed().map((finding) => [finding.coordinate, finding]));
  return findings.filter((finding) => first.get(finding.coordinate) === finding);
}
