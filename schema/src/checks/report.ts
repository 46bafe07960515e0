import type { Finding } from '../finding.ts';
import type { PublishedOperation } from '../registry/registration.ts';
import type { SchemaChange } from './changes.ts';

/** The result of a check, independent of the output format. */
export interface Report {
  readonly findings: readonly Finding[];
  /** Changes of the public schema; absent when nothing was compared. */
  readonly changes?: readonly SchemaChange[];
  /** Changes by subgraph. */
  readonly subgraphChanges?: ReadonlyMap<string, readonly SchemaChange[]>;
  /** The operations to publish; absent when the schema does not compose. */
  readonly registration?: readonly PublishedOperation[];
  /** Sentences that describe what was checked. */
  readonly summary: readonly string[];
}

const ORDER = { error: 0, warning: 1, note: 2 } as const;

/** The findings by severity, otherwise in their order. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}

/** `3 errors, 1 warning and 2 notes`. */
export function countsInWords(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity']): string => {
    const found = findings.filter((finding) => finding.severity === severity).length;
    return `${found} ${severity}${found === 1 ? '' : 's'}`;
  };
  return `${count('error')}, ${count('warning')} and ${count('note')}`;
}
