import { countsInWords, type Report } from '../checks/report.ts';
import { exitCode, type Finding } from '../finding.ts';
import { changesInWords } from './text.ts';

/** A report for a pull request. */
export function reportAsMarkdown({ findings, changes, summary }: Report): string {
  const title = exitCode(findings) === 0 ? 'Schema check passed' : 'Schema check failed';
  const shown = findings.filter(({ class: kind, severity }) => kind !== 'composition' || severity !== 'note');
  return [
    `## ${title}`,
    '',
    `${countsInWords(findings)}. ${summary.join(' ')}`,
    '',
    ...(shown.length === 0 ? [] : [...table(['', 'Rule', 'Where', 'What'], shown.map(row)), '']),
    ...(changes ? [changesInWords(changes), ''] : []),
    ...(changes?.length
      ? table(
          ['Level', 'Change'],
          changes.map(({ level, message }) => [level, message]),
        )
      : []),
    '',
  ].join('\n');
}

function row({ severity, rule, location, subgraph, message, help }: Finding): string[] {
  const where = location ? `\`${location.file}:${location.line}\`` : (subgraph ?? '');
  return [severity, `\`${rule}\``, where, help ? `${message}\n${help}` : message];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line)];
}

function cell(text: string): string {
  return plainMarkdown(text)
    .replaceAll('|', String.raw`\|`)
    .replaceAll('\n', '<br>');
}

/** Escapes text from an SDL for Markdown: no tags, images or links. */
export function plainMarkdown(text: string): string {
  return text.replaceAll(/[\\[]/g, String.raw`\$&`).replaceAll('<', '&lt;');
}
