import { parse } from 'graphql';

import type { Finding } from '../../finding.ts';
import { indexSdl } from '../../registry/locations.ts';
import type { Comparison } from '../state.ts';
import { accessOf } from './access.ts';
import { exposedFindings } from './exposed.ts';
import { newWayFindings } from './new-ways.ts';
import { overriddenFindings } from './overridden.ts';
import { renamedFindings } from './renamed.ts';
import { unguardedFindings } from './unguarded.ts';
import { weakenedFindings } from './weakened.ts';

/** Finds what more callers may read than before, once for each coordinate. */
export function authorisationFindings(comparison: Comparison): Finding[] {
  const published = parse(comparison.before.composed.supergraph);
  const [before, after] = [accessOf(published), accessOf(parse(comparison.after.composed.supergraph))];
  const known = indexSdl(published);
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
