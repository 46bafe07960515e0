import { join } from 'node:path';

import type { Composer } from '../composition.ts';
import { type Approval, readApprovals } from './approvals.ts';
import { CLIENTS_FOLDER } from './client-files.ts';
import { type RegistryConfig, readConfig } from './config.ts';
import { gitTree } from './git-tree.ts';
import { type Operations, readOperations } from './operations.ts';
import { type Published, PUBLISHED_FOLDER, readPublished } from './published.ts';
import type { PublishedOperation } from './registration.ts';
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
  readonly published: Published;
  /** The operations published by the working tree, which may differ from those of the base. */
  readonly publishedHere: readonly PublishedOperation[];
}

export interface RegistryOptions {
  readonly compose: Composer;
  /** The repository's root folder. */
  readonly root: string;
  readonly now: Date;
  /** The base commit for the published schema; the working tree by default. */
  readonly base?: string;
}

/** Reads the registry of a working tree. @throws {RegistryError} when a required file is missing or invalid */
export function readRegistry({ root, now, base, compose }: RegistryOptions): Registry {
  const config = readConfig(root);
  const here = readPublished(root);
  return {
    compose,
    root,
    now,
    config,
    approvals: readApprovals(root, now, config.approvals.longestDays),
    sources: readSources(root),
    operations: readOperations(join(root, CLIENTS_FOLDER)),
    retirements: readRetirements(root),
    published: base === undefined ? here : readPublished(root, gitTree(root, base, PUBLISHED_FOLDER)),
    publishedHere: here.operations,
  };
}
