import type { Finding } from '../finding.ts';
import { approvalHint } from '../registry/approvals.ts';
import type { RegistryConfig } from '../registry/config.ts';
import { affectedBy } from './affected.ts';
import type { SchemaChange } from './changes.ts';
import { culpritOf, placeIn } from './comparison.ts';
import { removedKeys } from './keys.ts';
import { movesBetween } from './moves.ts';
import type { Comparison } from './state.ts';
import { useInWords, type Uses } from './uses.ts';

/** The number of uses to list; the rest are counted. */
const LISTED = 5;

/** The coordinates whose uses are needed to judge the changes. */
export function coordinatesToAsk(comparison: Comparison): string[] {
  const { before, changes } = comparison;
  const breaking = [...changes, ...movesBetween(comparison)].filter(({ level }) => level === 'breaking');
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
  return [...findings, ...moveFindings(comparison, uses), ...removedKeys(comparison)];
}

/** Moves of fields between subgraphs: those that gateways with the old supergraph would notice are breaking. */
function moveFindings(comparison: Comparison, uses: Uses): Finding[] {
  return movesBetween(comparison).map((move): Finding => {
    const place = { subgraph: move.subgraph, ...placeIn(comparison.after.subgraphs, move.subgraph, move.coordinate) };
    if (move.level === 'breaking') return { ...breakingFinding(comparison, move, uses), ...place };
    const { coordinate, message } = move;
    return { class: 'breaking', rule: `breaking/${kebab(move.type)}`, severity: 'note', message, coordinate, ...place };
  });
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

/** The first uses in words; the rest are counted. */
export function joinList(uses: SchemaUses): string {
  const listed = uses.slice(0, LISTED).map(useInWords).join(', ');
  return uses.length > LISTED ? `${listed} and ${uses.length - LISTED} more` : listed;
}

type SchemaUses = NonNullable<Finding['uses']>;

function kebab(type: string): string {
  return type.toLowerCase().replaceAll('_', '-');
}
