import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, Kind } from 'graphql';

import { type Finding, inputError } from '../finding.ts';
import { readConfig, subgraphUrl } from './config.ts';
import { indexSdl, type SdlIndex } from './locations.ts';
import { subgraphName } from './names.ts';
import { readSdl } from './parse-sdl.ts';

const COMMON_FILE = 'packages/subgraph/common.graphql';

/** A subgraph's SDL in the working tree, with locations. */
export interface SubgraphSource {
  readonly name: string;
  readonly url: string;
  /** The subgraph's own file. */
  readonly file: string;
  /** The subgraph's own SDL. */
  readonly own: DocumentNode;
  /** The common types and the subgraph's own SDL. */
  readonly document: DocumentNode;
  readonly index: SdlIndex;
}

/** The SDL of the working tree. */
export interface Sources {
  readonly subgraphs: readonly SubgraphSource[];
  /** The common types of all subgraphs. */
  readonly common: DocumentNode;
  /** Findings about SDL that is missing or does not parse; its subgraphs are omitted. */
  readonly broken: readonly Finding[];
}

/** Reads the SDL of every subgraph. @throws {RegistryError} for an invalid configuration or folder */
export function readSources(root: string): Sources {
  const { subgraphs: addresses } = readConfig(root);
  const parsed = subgraphNames(root).map((name) => ({ name, file: sdlFile(name), own: readSdl(root, sdlFile(name)) }));
  const broken = parsed.flatMap(({ name, own }) => ('class' in own ? [{ ...own, subgraph: name }] : []));
  const common = readSdl(root, COMMON_FILE);
  // Without the common types, each subgraph would seem to be wrong.
  if ('class' in common)
    return { subgraphs: [], common: { kind: Kind.DOCUMENT, definitions: [] }, broken: [common, ...broken] };
  const subgraphs = parsed.flatMap(({ name, file, own }): SubgraphSource[] => {
    if ('class' in own) return [];
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [...common.definitions, ...own.definitions] };
    return [{ name, url: subgraphUrl(addresses.url, name), file, own, document, index: indexSdl(document) }];
  });
  return { subgraphs, common, broken };
}

/** The folders of subgraphs/, except what Git left of removed ones. @throws {RegistryError} when a name is invalid */
function subgraphNames(root: string): string[] {
  const folder = join(root, 'subgraphs');
  if (!existsSync(folder)) throw inputError('There is no folder subgraphs/.');
  const names = readdirSync(folder).filter((name) =>
    ['schema.graphql', 'package.json'].some((file) => existsSync(join(folder, name, file))),
  );
  const misnamed = names.find((name) => !subgraphName.safeParse(name).success);
  if (misnamed !== undefined) {
    throw inputError(`subgraphs/${misnamed} is misnamed: use lower-case letters, digits and hyphens, a letter first.`);
  }
  return names.toSorted();
}

function sdlFile(subgraph: string): string {
  return `subgraphs/${subgraph}/schema.graphql`;
}
