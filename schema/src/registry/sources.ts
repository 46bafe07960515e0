import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, GraphQLError, Kind, parse, Source } from 'graphql';
import { z } from 'zod';

import { type Finding, inputError, RegistryError } from '../finding.ts';
import { readConfig, subgraphUrl } from './config.ts';
import { indexSdl, type SdlIndex } from './locations.ts';

const COMMON_FILE = 'packages/subgraph/common.graphql';
/** Files are found by it: it must not lead anywhere else. */
export const subgraphName = z.string().regex(/^[a-z][a-z0-9-]*$/);

/** A subgraph's SDL as the working tree has it. Its nodes know the file and line they come from. */
export interface SubgraphSource {
  readonly name: string;
  readonly url: string;
  /** The file of its own part. */
  readonly file: string;
  /** Its own part. */
  readonly own: DocumentNode;
  /** The types that all subgraphs have in common, then its own. */
  readonly document: DocumentNode;
  readonly index: SdlIndex;
}

/** The SDL of the working tree. */
export interface Sources {
  readonly subgraphs: readonly SubgraphSource[];
  /** What all subgraphs have in common. */
  readonly common: DocumentNode;
  /** What is not GraphQL; its subgraphs are left out. */
  readonly broken: readonly Finding[];
}

/** Reads the SDL of every subgraph. @throws {RegistryError} */
export function readSources(root: string): Sources {
  const { subgraphs: addresses } = readConfig(root);
  const common = parseSdl(COMMON_FILE, readFileSync(join(root, COMMON_FILE), 'utf8'));
  if ('class' in common) throw new RegistryError([common]);
  const broken: Finding[] = [];
  const subgraphs: SubgraphSource[] = [];
  for (const name of subgraphNames(root)) {
    const file = sdlFile(name);
    const own = parseSdl(file, readFileSync(join(root, file), 'utf8'));
    if ('class' in own) broken.push({ ...own, subgraph: name });
    else {
      const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [...common.definitions, ...own.definitions] };
      subgraphs.push({ name, url: subgraphUrl(addresses.url, name), file, own, document, index: indexSdl(document) });
    }
  }
  return { subgraphs, common, broken };
}

/** Parses a file. @returns the document, or what is wrong with it */
export function parseSdl(file: string, text: string): DocumentNode | Finding {
  try {
    return parse(new Source(text, file));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [place] = error.locations ?? [];
    return {
      class: 'syntax',
      rule: 'syntax',
      severity: 'error',
      message: `${file} is not GraphQL: ${error.message}`,
      help: 'Mend the syntax at this place; an editor with GraphQL support shows it as you type.',
      ...(place ? { location: { file, ...place } } : {}),
    };
  }
}

/** The folders of subgraphs/ that have an SDL. @throws {RegistryError} when a folder's name is none for a subgraph */
function subgraphNames(root: string): string[] {
  const names = readdirSync(join(root, 'subgraphs')).filter((name) => existsSync(join(root, sdlFile(name))));
  const misnamed = names.find((name) => !subgraphName.safeParse(name).success);
  if (misnamed !== undefined) {
    throw inputError(`subgraphs/${misnamed} is misnamed: use lower-case letters, digits and hyphens, a letter first.`);
  }
  return names.toSorted();
}

function sdlFile(subgraph: string): string {
  return `subgraphs/${subgraph}/schema.graphql`;
}
