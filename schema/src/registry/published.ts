import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentNode } from 'graphql';
import { z } from 'zod';

import type { Finding } from '../finding.ts';
import type { GitTree } from './git-tree.ts';
import { indexSdl, type SdlIndex } from './locations.ts';
import { parseSdl, subgraphName } from './sources.ts';

export const PUBLISHED_FOLDER = 'schema/published';
export const PUBLISHED_MANIFEST = `${PUBLISHED_FOLDER}/manifest.json`;

const manifestShape = z.strictObject({
  revision: z.number().int().min(1),
  subgraphs: z.record(subgraphName, z.string().regex(/^[0-9a-f]{64}$/)),
});

/** The manifest of the published schema: the number of the publication, and the SHA-256 of each subgraph's SDL. */
export type PublishedManifest = z.infer<typeof manifestShape>;

export interface PublishedSubgraph {
  readonly name: string;
  readonly text: string;
  readonly document: DocumentNode;
  readonly index: SdlIndex;
}

/** The published schema, as far as it is readable. */
export interface Published {
  /** Absent when nothing is published. */
  readonly manifest?: PublishedManifest;
  readonly subgraphs: ReadonlyMap<string, PublishedSubgraph>;
  /** Findings about missing or damaged files. */
  readonly problems: readonly Finding[];
}

/** Reads the published schema from the working tree or a commit. */
export function readPublished(root: string, commit?: GitTree): Published {
  const read = (file: string): string | undefined => {
    if (commit) return commit.read(file);
    return existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined;
  };
  const where = commit ? ` in ${commit.name}` : '';
  const text = read(PUBLISHED_MANIFEST);
  if (text === undefined) {
    const help = 'Run npm run schema:publish and commit schema/published, for the first time or after a loss.';
    return { subgraphs: new Map(), problems: [problem(`${PUBLISHED_MANIFEST} is missing${where}.`, help)] };
  }
  const manifest = manifestShape.safeParse(jsonOf(text));
  if (!manifest.success) {
    return { subgraphs: new Map(), problems: [problem(`${PUBLISHED_MANIFEST}${where} is damaged.`, RESTORE)] };
  }
  const subgraphs = new Map<string, PublishedSubgraph>();
  const problems: Finding[] = [];
  for (const [name, hash] of Object.entries(manifest.data.subgraphs)) {
    const found = readOne(name, hash, read(publishedFile(name)), where);
    if ('class' in found) problems.push(found);
    else subgraphs.set(name, found);
  }
  return { manifest: manifest.data, subgraphs, problems };
}

export function publishedFile(subgraph: string): string {
  return `${PUBLISHED_FOLDER}/${subgraph}.graphql`;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const RESTORE = 'Restore it from git: only publishing writes this folder.';

function readOne(name: string, hash: string, text: string | undefined, where: string): PublishedSubgraph | Finding {
  const file = publishedFile(name);
  if (text === undefined) return { ...problem(`${file} is missing${where}.`, RESTORE), subgraph: name };
  if (sha256(text) !== hash) {
    return { ...problem(`${file}${where} is not what was published.`, RESTORE), subgraph: name };
  }
  const document = parseSdl(file, text);
  if ('class' in document) return { ...problem(document.message, RESTORE), subgraph: name };
  return { name, text, document, index: indexSdl(document) };
}

function problem(message: string, help: string): Finding {
  return { class: 'published', rule: 'published', severity: 'error', message, help };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
