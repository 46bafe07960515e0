import { countsInWords, type Report } from '../checks/report.ts';
import type { ChangeLevel, SchemaChange } from '../checks/changes.ts';
import type { Finding } from '../finding.ts';

/** A report for a terminal. */
export function reportAsText({ findings, changes, summary }: Report): string {
  const lines = findings.filter(({ class: kind, severity }) => kind !== 'composition' || severity !== 'note');
  const hints = findings.length - lines.length;
  return [
    ...lines.flatMap(findingLines),
    ...summary,
    ...(changes ? [changesInWords(changes)] : []),
    ...(hints === 0 ? [] : [`Composition gives ${hints} hint${hints === 1 ? '' : 's'}: --json lists them.`]),
    `${countsInWords(findings)}.`,
    '',
  ].join('\n');
}

/** Differences for a terminal, the most severe first. */
export function changesAsText(title: string, changes: readonly SchemaChange[]): string {
  if (changes.length === 0) return `${title}: no differences\n`;
  const lines = (['breaking', 'dangerous', 'safe'] as const).flatMap((level) =>
    changes.filter((change) => change.level === level).map(({ message }) => `  ${level.padEnd(9)}  ${message}`),
  );
  return `${title}: ${levelsInWords(changes)}\n${lines.join('\n')}\n`;
}

/** The changes of the public schema in a sentence. */
export function changesInWords(changes: readonly SchemaChange[]): string {
  return changes.length === 0 ? 'The public schema has not changed.' : `The public schema: ${levelsInWords(changes)}.`;
}

/** `2 breaking, 1 dangerous and 3 safe changes`. */
export function levelsInWords(changes: readonly SchemaChange[]): string {
  const count = (level: ChangeLevel): string => `${changes.filter((change) => change.level === level).length} ${level}`;
  return `${count('breaking')}, ${count('dangerous')} and ${count('safe')} changes`;
}

function findingLines({ severity, rule, message, help, location, subgraph, excerpt }: Finding): string[] {
  const where = location ? `${location.file}:${location.line}:${location.column}` : '';
  const head = [where, subgraph ? `[${subgraph}]` : '', rule].filter((part) => part !== '').join('  ');
  const body = [message, ...(excerpt ? [excerpt] : [])]
    .join('\n')
    .split('\n')
    .map((line) => `  ${line}`.trimEnd());
  return [`${severity}  ${head}`, ...body, ...(help ? [`  → ${help}`] : []), ''];
}
