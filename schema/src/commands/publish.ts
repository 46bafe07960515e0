import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { changesOfCandidate } from '../checks/candidate-changes.ts';
import { check } from '../checks/check.ts';
import type { Report } from '../checks/report.ts';
import { exitCode } from '../finding.ts';
import { OPERATIONS_MANIFEST } from '../registry/client-files.ts';
import { operationsManifest } from '../registry/operations-manifest.ts';
import { nextPublication, type Publication } from '../registry/publication.ts';
import {
  PUBLISHED_FOLDER,
  PUBLISHED_MANIFEST,
  PUBLISHED_OPERATIONS,
  publishedFile,
} from '../registry/published-files.ts';
import { registrationText } from '../registry/registration.ts';
import { readRegistry, type Registry } from '../registry/registry.ts';
import { sha256 } from '../registry/sha256.ts';
import { writeChangelog } from './changelog.ts';
import { type ReportOptions, tell, usageStore } from './check.ts';
import { composeCommand } from './compose.ts';
import type { CommandContext } from './context.ts';

/**
 * Publishes the working tree's SDL, or a subgraph of another repository, and writes the changelog, unless the check
 * fails.
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
    else await publish(registry, report, context);
    return code;
  } finally {
    await usage?.close();
  }
}

async function publish(registry: Registry, report: Report, { out, ...context }: CommandContext): Promise<void> {
  const { root, here, candidate, now } = registry;
  const { registration = [], findings } = report;
  const operations = registrationText(registration);
  const { manifest, changed } = nextPublication(registry, sha256(operations));
  const isRegistered = manifest.operations === here.manifest?.operations;
  if (changed.size === 0 && isRegistered) return out(`Nothing to publish: revision ${manifest.revision} is live.\n`);
  const changes = candidate ? await changesOfCandidate(registry, candidate) : (report.changes ?? []);
  writePublication(root, { manifest, changed });
  if (changed.size > 0) {
    const subgraphs = [...changed.keys()];
    const told = findings.filter(({ subgraph }) => !candidate || subgraph === candidate.name);
    writeChangelog(root, { revision: manifest.revision, now, subgraphs, changes, findings: told });
    out(`Published revision ${manifest.revision}: ${subgraphs.join(', ')}.\n`);
  }
  if (candidate) return composeCommand({ ...context, out }, undefined);
  if (isRegistered) return;
  writeFileSync(join(root, PUBLISHED_OPERATIONS), operations);
  writeFileSync(join(root, OPERATIONS_MANIFEST), operationsManifest(registration));
  out(`Registered ${registration.length} operations.\n`);
}

function writePublication(root: string, { manifest, changed }: Publication): void {
  mkdirSync(join(root, PUBLISHED_FOLDER), { recursive: true });
  for (const [name, text] of changed) {
    if (text === undefined) rmSync(join(root, publishedFile(name)));
    else writeFileSync(join(root, publishedFile(name)), text);
  }
  writeFileSync(join(root, PUBLISHED_MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}
