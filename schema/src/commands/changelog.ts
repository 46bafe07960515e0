import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { SchemaChange } from '../checks/changes.ts';
import type { Finding } from '../finding.ts';
import { plainMarkdown } from '../output/markdown.ts';
import { levelsInWords } from '../output/text.ts';

const CHANGELOG_FILE = 'schema/CHANGELOG.md';
const CHANGELOG_HEAD =
  '# Schema changelog\n\nWritten by `npm run schema:publish`: what became live, the latest first.\n';

/** The changes of a publication. */
export interface ChangelogEntry {
  readonly revision: number;
  readonly now: Date;
  readonly subgraphs: readonly string[];
  /** Of the public schema. */
  readonly changes: readonly SchemaChange[];
  readonly findings: readonly Finding[];
}

/** Writes an entry as the first of the changelog. */
export function writeChangelog(root: string, entry: ChangelogEntry): void {
  const file = join(root, CHANGELOG_FILE);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : CHANGELOG_HEAD;
  const at = text.indexOf('\n## ');
  const [head, rest] = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at)];
  writeFileSync(file, `${head.trimEnd()}\n\n${entryText(entry)}\n${rest}`);
}

function entryText({ revision, now, subgraphs, changes, findings }: ChangelogEntry): string {
  const items = (['breaking', 'dangerous', 'safe'] as const).flatMap((level) =>
    changes.filter((change) => change.level === level).map(({ message }) => `- **${level}** ${plainMarkdown(message)}`),
  );
  const approved = findings
    .filter(({ severity, message }) => severity === 'note' && message.includes('Approved until'))
    .map(({ rule, message }) => `- approved \`${rule}\`: ${plainMarkdown(message).replaceAll('\n', ' ')}`);
  const head = `## Revision ${revision} · ${now.toISOString().slice(0, 10)}`;
  const subject = `Subgraphs: ${subgraphs.join(', ')}.`;
  const body =
    revision === 1
      ? ['The first publication.']
      : [
          changes.length === 0 ? 'The public schema did not change.' : `${levelsInWords(changes)}.`,
          '',
          ...items,
          ...approved,
        ];
  return [head, '', subject, ...body].join('\n').trimEnd();
}
