import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentNode } from 'graphql';
import { z } from 'zod';

import type { Finding } from '../finding.ts';
import type { GitTree } from './git-tree.ts';
import { indexSdl, type SdlIndex } from './locations.ts';
import { type PublishedOperation, readRegistration } from './registration.ts';
import { sha256 } from './sha256.ts';
import { parseSdl } from './parse-sdl.ts';
import { subgraphName } from './sources.ts';

export const PUBLISHED_FOLDER = 'schema/published';
export const PUBLISHED_MANIFEST = `${PUBLISHED_FOLDER}/manifest.json`;
export const PUBLISHED_OPERATIONS = `${PUBLISHED_FOLDER}/operations.json`;

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const manifestShape = z.strictObject({
  revision: z.number().int().min(1),
  subgraphs: z.record(subgraphName, digest),
  operations: digest.optional(),
});

/**
 * The manifest of the published schema: the number of the publication, and the SHA-256 of each subgraph's SDL and of the
 * operations.
 */
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
  readonly operations: readonly PublishedOperation[];
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
    return { ...NOTHING, problems: [problem(`${PUBLISHED_MANIFEST} is missing${where}.`, help)] };
  }
  const manifest = manifestShape.safeParse(jsonOf(text));
  if (!manifest.success) {
    return { ...NOTHING, problems: [problem(`${PUBLISHED_MANIFEST}${where} is damaged.`, RESTORE)] };
  }
  const subgraphs = new Map<string, PublishedSubgraph>();
  const problems: Finding[] = [];
  for (const [name, hash] of Object.entries(manifest.data.subgraphs)) {
    const found = readOne(name, hash, read(publishedFile(name)), where);
    if ('class' in found) problems.push(found);
    else subgraphs.set(name, found);
  }
  const operations = operationsFrom(read(PUBLISHED_OPERATIONS), manifest.data.operations);
  if (!operations) problems.push(problem(`${PUBLISHED_OPERATIONS}${where} is not what was published.`, RESTORE));
  return { manifest: manifest.data, subgraphs, operations: operations ?? [], problems };
}

export function publishedFile(subgraph: string): string {
  return `${PUBLISHED_FOLDER}/${subgraph}.graphql`;
}

const RESTORE = 'Restore it from git: only publishing writes this folder.';

const NOTHING = { subgraphs: new Map<string, PublishedSubgraph>(), operations: [] };

/** @returns undefined when the file is not the one with the hash */
function operationsFrom(text: string | undefined, published: string | undefined): PublishedOperation[] | undefined {
  if (text === undefined || published === undefined) return text === published ? [] : undefined;
  return sha256(text) === published ? readRegistration(text) : undefined;
}

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
