import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { check } from '../checks/check.ts';
import type { Report } from '../checks/report.ts';
import { exitCode } from '../finding.ts';
import { plainMarkdown } from '../output/markdown.ts';
import { levelsInWords } from '../output/text.ts';
import { OPERATIONS_MANIFEST } from '../registry/client-files.ts';
import {
  PUBLISHED_FOLDER,
  PUBLISHED_MANIFEST,
  PUBLISHED_OPERATIONS,
  publishedFile,
} from '../registry/published-files.ts';
import type { PublishedManifest } from '../registry/published-manifest.ts';
import { operationsManifest } from '../registry/operations-manifest.ts';
import { publishedText } from '../registry/published-text.ts';
import { registrationText } from '../registry/registration.ts';
import { readRegistry, type Registry } from '../registry/registry.ts';
import { sha256 } from '../registry/sha256.ts';
import { type ReportOptions, tell, usageStore } from './check.ts';
import type { CommandContext } from './context.ts';

const CHANGELOG_FILE = 'schema/CHANGELOG.md';
const CHANGELOG_HEAD =
  '# Schema changelog\n\nWritten by `npm run schema:publish`: what became live, the latest first.\n';

/**
 * Publishes the working tree's SDL and writes the changelog, unless the check fails.
 *
 * @returns the check's exit code
 */
export async function publishCommand(context: CommandContext, options: ReportOptions): Promise<number> {
  const registry = readRegistry(context);
  const usage = usageStore(context.env);
  try {
    const found = await check(registry, usage);
    // The first publication has nothing to compare with.
    const report = registry.here.isEmpty
      ? { ...found, findings: found.findings.filter((each) => each.class !== 'published') }
      : found;
    const code = exitCode(report.findings);
    if (code !== 0) tell(report, context, options);
    else publish(registry, report, context.out);
    return code;
  } finally {
    await usage?.close();
  }
}

function publish(registry: Registry, report: Report, out: CommandContext['out']): void {
  const { root, sources, published } = registry;
  const texts = new Map(sources.subgraphs.map((subgraph) => [subgraph.name, publishedText(subgraph)]));
  const hashes = Object.fromEntries([...texts].map(([name, text]) => [name, sha256(text)]));
  const before: PublishedManifest['subgraphs'] = published.manifest?.subgraphs ?? {};
  const changed = [...new Set([...texts.keys(), ...Object.keys(before)])].filter(
    (name) => hashes[name] !== before[name],
  );
  const { registration = [] } = report;
  const operations = registrationText(registration);
  const isRegistered = sha256(operations) === published.manifest?.operations;
  const live = published.manifest?.revision ?? 0;
  if (changed.length === 0 && isRegistered) return out(`Nothing to publish: revision ${live} is live.\n`);
  const manifest: PublishedManifest = {
    revision: changed.length === 0 ? live : live + 1,
    subgraphs: hashes,
    operations: sha256(operations),
  };
  mkdirSync(join(root, PUBLISHED_FOLDER), { recursive: true });
  for (const name of changed) {
    const text = texts.get(name);
    if (text === undefined) rmSync(join(root, publishedFile(name)));
    else writeFileSync(join(root, publishedFile(name)), text);
  }
  writeFileSync(join(root, PUBLISHED_OPERATIONS), operations);
  writeFileSync(join(root, OPERATIONS_MANIFEST), operationsManifest(registration));
  writeFileSync(join(root, PUBLISHED_MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  if (changed.length > 0) {
    writeChangelog(root, changelogEntry(manifest.revision, registry.now, changed, report));
    out(`Published revision ${manifest.revision}: ${changed.join(', ')}.\n`);
  }
  if (!isRegistered) out(`Registered ${registration.length} operations.\n`);
}

function changelogEntry(
  revision: number,
  now: Date,
  subgraphs: readonly string[],
  { changes, findings }: Report,
): string {
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

function writeChangelog(root: string, entry: string): void {
  const file = join(root, CHANGELOG_FILE);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : CHANGELOG_HEAD;
  const at = text.indexOf('\n## ');
  const [head, rest] = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at)];
  writeFileSync(file, `${head.trimEnd()}\n\n${entry}\n${rest === '' ? '' : rest}`);
}
