import type { Finding } from '../finding.ts';
import type { SchemaChange } from './changes.ts';

/** What a check has found, for all forms of output. */
export interface Report {
  readonly findings: readonly Finding[];
  /** Of the composed public schema; empty where they could not be told. */
  readonly changes: readonly SchemaChange[];
  /** Of each subgraph that has any. */
  readonly subgraphChanges: ReadonlyMap<string, readonly SchemaChange[]>;
  /** What was looked at, a sentence each. */
  readonly summary: readonly string[];
}

const ORDER = { error: 0, warning: 1, note: 2 } as const;

/** The findings by weight; among equals they keep their order. */
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
