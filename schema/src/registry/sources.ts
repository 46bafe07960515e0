import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, Kind } from 'graphql';

import { type Finding, inputError } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { readConfig, subgraphUrl } from './config.ts';
import type { ExternalSubgraph } from './external.ts';
import { indexSdl, type SdlIndex } from './locations.ts';
import { subgraphName } from './names.ts';
import { parseSdl, readSdl } from './parse-sdl.ts';

const COMMON_FILE = 'packages/subgraph/common.graphql';

/** A subgraph's SDL in the working tree, with locations. */
export interface SubgraphSource {
  readonly name: string;
  readonly url: string;
  /** Whether it is published from another repository. */
  readonly isExternal: boolean;
  /** The subgraph's own file. */
  readonly file: string;
  /** The subgraph's own SDL. */
  readonly own: DocumentNode;
  /** The common types and the subgraph's own SDL; an external subgraph has its own alone. */
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

/**
 * Reads the SDL of every subgraph.
 *
 * @param external - subgraphs of other repositories; a folder of the same name takes one's place
 * @throws {RegistryError} for an invalid configuration or folder, or a URL of two subgraphs
 */
export function readSources(root: string, external: readonly ExternalSubgraph[] = []): Sources {
  const { subgraphs: addresses } = readConfig(root);
  const common = readSdl(root, COMMON_FILE);
  const folders = subgraphFolders(root);
  const parsed = [
    ...folders.map((name) => {
      const file = sdlFile(name);
      return { name, file, url: subgraphUrl(addresses.url, name), own: readSdl(root, file), isExternal: false };
    }),
    ...external
      .filter(({ name }) => !folders.includes(name))
      .map(({ text, ...each }) => ({ ...each, own: parseSdl(each.file, text), isExternal: true })),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  refuseSharedUrls(parsed);
  const broken = parsed.flatMap(({ name, own }) => ('class' in own ? [{ ...own, subgraph: name }] : []));
  // Without the common types, each subgraph would seem to be wrong.
  if ('class' in common) return { subgraphs: [], common: EMPTY, broken: [common, ...broken] };
  const subgraphs = parsed.flatMap(({ own, ...each }): SubgraphSource[] => {
    if ('class' in own) return [];
    const document = each.isExternal ? own : withCommon(common, own);
    return [{ ...each, own, document, index: indexSdl(document) }];
  });
  return { subgraphs, common, broken };
}

const EMPTY: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };

function withCommon(common: DocumentNode, own: DocumentNode): DocumentNode {
  return { kind: Kind.DOCUMENT, definitions: [...common.definitions, ...own.definitions] };
}

/** Two subgraphs at one URL are a mistake: one would get the other's requests. */
function refuseSharedUrls(subgraphs: readonly { readonly name: string; readonly url: string }[]): void {
  for (const [url, sharing] of groupBy(subgraphs, (each) => new URL(each.url).href)) {
    if (sharing.length === 1) continue;
    const names = sharing.map(({ name }) => name).join(' and ');
    throw inputError(`${names} have one URL: ${url}`, undefined, 'Publish one of them with another --url.');
  }
}

/** The folders of subgraphs/, except what Git left of removed ones. @throws {RegistryError} when a name is invalid */
function subgraphFolders(root: string): string[] {
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
