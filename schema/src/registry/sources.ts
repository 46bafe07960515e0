import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, GraphQLError, Kind, parse, Source } from 'graphql';
import { z } from 'zod';

import { type Finding, inputError, RegistryError } from '../finding.ts';
import { readConfig, subgraphUrl } from './config.ts';
import { indexSdl, type SdlIndex } from './locations.ts';

const COMMON_FILE = 'packages/subgraph/common.graphql';
/** Names become file paths, so they must be plain. */
export const subgraphName = z.string().regex(/^[a-z][a-z0-9-]*$/);

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
  /** Findings about SDL that does not parse; its subgraphs are omitted. */
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

/** Parses a file. @returns the document, or a finding */
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
      help: 'Correct the syntax here. An editor with GraphQL support shows errors as you type.',
      ...(place ? { location: { file, ...place } } : {}),
    };
  }
}

/** The folders of subgraphs/ with an SDL. @throws {RegistryError} when a folder's name is invalid */
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
