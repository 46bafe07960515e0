import type { DocumentNode } from 'graphql';

import type { Finding } from '../finding.ts';
import type { GitTree } from './git-tree.ts';
import { indexSdl, type SdlIndex } from './locations.ts';
import { parseSdl } from './parse-sdl.ts';
import { PUBLISHED_FOLDER, PUBLISHED_MANIFEST, PUBLISHED_OPERATIONS, publishedFile } from './published-files.ts';
import { type PublishedManifest, readManifest } from './published-manifest.ts';
import { type PublishedOperation, readRegistration } from './registration.ts';
import { sha256 } from './sha256.ts';

export interface PublishedSubgraph {
  readonly name: string;
  /** The URL of a subgraph of another repository. */
  readonly url?: string;
  readonly text: string;
  readonly document: DocumentNode;
  readonly index: SdlIndex;
}

/** The published schema, as far as it is readable. */
export interface Published {
  /** Whether nothing was ever published. */
  readonly isEmpty: boolean;
  /** Absent when it is missing or damaged. */
  readonly manifest?: PublishedManifest;
  readonly subgraphs: ReadonlyMap<string, PublishedSubgraph>;
  readonly operations: readonly PublishedOperation[];
  /** Findings about missing, damaged and additional files. */
  readonly problems: readonly Finding[];
}

/** Reads the published schema of the working tree or a commit. */
export function readPublished(files: Omit<GitTree, 'name'> & { readonly name?: string }): Published {
  const where = files.name === undefined ? '' : ` in ${files.name}`;
  if (files.names.length === 0) return { ...NOTHING, isEmpty: true, problems: [nothingPublished(where)] };
  const text = files.read(PUBLISHED_MANIFEST);
  if (text === undefined) return unreadable(`is missing${where}`);
  const manifest = readManifest(text);
  if (!manifest) return unreadable(`is damaged${where}`);
  const subgraphs = new Map<string, PublishedSubgraph>();
  const problems: Finding[] = additionalFiles(files.names, manifest, where);
  for (const name of Object.keys(manifest.subgraphs)) {
    const found = readOne(name, manifest, files.read(publishedFile(name)), where);
    if ('class' in found) problems.push(found);
    else subgraphs.set(name, found);
  }
  const operations = operationsFrom(files.read(PUBLISHED_OPERATIONS), manifest.operations);
  if (!operations) problems.push(problem(PUBLISHED_OPERATIONS, `is not what was published${where}`));
  return { isEmpty: false, manifest, subgraphs, operations: operations ?? [], problems };
}

const NOTHING = { isEmpty: false, subgraphs: new Map<string, PublishedSubgraph>(), operations: [] };

function unreadable(why: string): Published {
  return { ...NOTHING, problems: [problem(PUBLISHED_MANIFEST, why)] };
}

function nothingPublished(where: string): Finding {
  const help = `Run npm run schema:publish and commit ${PUBLISHED_FOLDER}. If it was lost, restore it from git instead.`;
  const message = `Nothing is published yet${where}: there is no schema to compare with.`;
  return { class: 'published', rule: 'published', severity: 'error', message, help };
}

/** Files that the manifest does not name; a later publication would take no notice of them. */
function additionalFiles(names: readonly string[], { subgraphs }: PublishedManifest, where: string): Finding[] {
  const known = [PUBLISHED_MANIFEST, PUBLISHED_OPERATIONS, ...Object.keys(subgraphs).map(publishedFile)];
  return names
    .map((name) => `${PUBLISHED_FOLDER}/${name}`)
    .filter((file) => !known.includes(file))
    .map((file) => problem(file, `was not published${where}: the manifest does not name it`, `Remove it. ${ONLY}`));
}

/** @returns undefined when the file is not the one with the hash */
function operationsFrom(text: string | undefined, published: string | undefined): PublishedOperation[] | undefined {
  if (text === undefined || published === undefined) return text === published ? [] : undefined;
  return sha256(text) === published ? readRegistration(text) : undefined;
}

function readOne(
  name: string,
  { subgraphs, external }: PublishedManifest,
  text: string | undefined,
  where: string,
): PublishedSubgraph | Finding {
  const file = publishedFile(name);
  if (text === undefined) return { ...problem(file, `is missing${where}`), subgraph: name };
  if (sha256(text) !== subgraphs[name]) {
    return { ...problem(file, `is not what was published${where}: its hash is not the manifest's`), subgraph: name };
  }
  const document = parseSdl(file, text);
  if ('class' in document) return { ...document, class: 'published', rule: 'published', subgraph: name };
  const url = external?.[name]?.url;
  return { name, text, document, index: indexSdl(document), ...(url === undefined ? {} : { url }) };
}

const ONLY = 'Only publishing writes this folder.';

/** A problem of a published file. */
export function problem(file: string, why: string, help = `Restore it from git. ${ONLY}`): Finding {
  const location = { file, line: 1, column: 1 };
  return { class: 'published', rule: 'published', severity: 'error', message: `${file} ${why}.`, help, location };
}
