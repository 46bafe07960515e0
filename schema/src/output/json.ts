import type { Report } from '../checks/report.ts';
import { exitCode } from '../finding.ts';

/** A report as JSON. */
export function reportAsJson({ findings, changes = [], subgraphChanges = new Map(), summary }: Report): string {
  const subgraphs = Object.fromEntries(subgraphChanges);
  return `${JSON.stringify({ exitCode: exitCode(findings), summary, findings, changes: { api: changes, subgraphs } }, null, 2)}\n`;
}
