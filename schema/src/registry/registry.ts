import { join } from 'node:path';

import type { Composer } from '../composition.ts';
import { inputError } from '../finding.ts';
import { type Approval, readApprovals } from './approvals.ts';
import { CLIENTS_FOLDER } from './client-files.ts';
import { type RegistryConfig, readConfig } from './config.ts';
import { type Candidate, externalSubgraphs } from './external.ts';
import { type GitTree, gitTree, lastCommit } from './git-tree.ts';
import { type Operations, readOperations } from './operations.ts';
import { type Published, readPublished } from './published.ts';
import { PUBLISHED_FOLDER, PUBLISHED_MANIFEST, publishedHere } from './published-files.ts';
import { type PublishedManifest, readManifest } from './published-manifest.ts';
import { type Retirement, readRetirements } from './retirements.ts';
import { readSources, type Sources } from './sources.ts';

/** The input of the registry's commands. */
export interface Registry {
  readonly compose: Composer;
  readonly root: string;
  readonly now: Date;
  readonly config: RegistryConfig;
  readonly approvals: readonly Approval[];
  readonly sources: Sources;
  readonly operations: Operations;
  readonly retirements: readonly Retirement[];
  /** The schema to compare with: of the base, or of the working tree. */
  readonly published: Published;
  /** The publication in the working tree, which may differ from the base. */
  readonly here: Published;
  readonly committed?: CommittedManifest;
  /** The subgraph of another repository that is checked or published. */
  readonly candidate?: Candidate;
}

/** The published manifest of the base, or of the last commit. */
export interface CommittedManifest {
  /** The name of the commit, such as `origin/main`. */
  readonly commit: string;
  readonly isBase: boolean;
  readonly manifest: PublishedManifest;
}

export interface RegistryOptions {
  readonly compose: Composer;
  /** The repository's root folder. */
  readonly root: string;
  readonly now: Date;
  /** The base commit for the published schema; the working tree by default. */
  readonly base?: string;
  readonly candidate?: Candidate;
}

/** Reads the registry of a working tree. @throws {RegistryError} when a required file is missing or invalid */
export function readRegistry({ root, now, base, compose, candidate }: RegistryOptions): Registry {
  const config = readConfig(root);
  const here = readPublished(publishedHere(root));
  const tree = base === undefined ? undefined : gitTree(root, base, PUBLISHED_FOLDER);
  const committed = committedManifest(tree ?? lastCommit(root, PUBLISHED_FOLDER), tree !== undefined);
  return {
    compose,
    root,
    now,
    config,
    approvals: readApprovals(root, now, config.approvals.longestDays),
    sources: withoutOwn(readSources(root, externalSubgraphs(here, config.subgraphs.url, candidate)), candidate),
    operations: readOperations(join(root, CLIENTS_FOLDER)),
    retirements: readRetirements(root),
    published: tree ? readPublished(tree) : here,
    here,
    ...(committed ? { committed } : {}),
    ...(candidate ? { candidate } : {}),
  };
}

/** @throws {RegistryError} when the candidate is a subgraph of this repository */
function withoutOwn(sources: Sources, candidate: Candidate | undefined): Sources {
  const own = sources.subgraphs.find(({ name, isExternal }) => name === candidate?.name && !isExternal);
  if (own)
    throw inputError(`${own.name} is a subgraph of this repository.`, undefined, `Change its SDL in ${own.file}.`);
  return sources;
}

function committedManifest(tree: GitTree | undefined, isBase: boolean): CommittedManifest | undefined {
  const manifest = readManifest(tree?.read(PUBLISHED_MANIFEST) ?? '');
  return tree && manifest && { commit: tree.name, isBase, manifest };
}
