import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, GraphQLError, Kind, parse, Source } from 'graphql';
import { z } from 'zod';

import { type Finding, inputError, RegistryError } from '../finding.ts';
import { subgraphUrl } from '../subgraphs.ts';
import { indexSdl, type SdlIndex } from './locations.ts';

const SUBGRAPHS_FILE = 'schema/subgraphs.json';
const COMMON_FILE = 'packages/subgraph/common.graphql';
/** Files are found by it: it must not lead anywhere else. */
export const subgraphName = z.string().regex(/^[a-z][a-z0-9-]*$/);
const portsShape = z.record(subgraphName, z.number().int().min(1).max(65_535));

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

/** Reads the SDL of every subgraph that schema/subgraphs.json lists. @throws {RegistryError} */
export function readSources(root: string): Sources {
  const ports = readPorts(root);
  const common = parseSdl(COMMON_FILE, readFileSync(join(root, COMMON_FILE), 'utf8'));
  if ('class' in common) throw new RegistryError([common]);
  const broken: Finding[] = [];
  const subgraphs: SubgraphSource[] = [];
  for (const [name, port] of Object.entries(ports)) {
    const file = sdlFile(name);
    const own = parseSdl(file, readFileSync(join(root, file), 'utf8'));
    if ('class' in own) broken.push({ ...own, subgraph: name });
    else {
      const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [...common.definitions, ...own.definitions] };
      subgraphs.push({ name, url: subgraphUrl(port), file, own, document, index: indexSdl(document) });
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

function readPorts(root: string): Record<string, number> {
  const text = readFileSync(join(root, SUBGRAPHS_FILE), 'utf8');
  const ports = portsShape.safeParse(parseJson(text));
  if (!ports.success) throw inputError(`${SUBGRAPHS_FILE} is not an object of subgraph names and ports.`);
  for (const name of Object.keys(ports.data)) {
    if (!existsSync(join(root, sdlFile(name)))) {
      throw inputError(`${SUBGRAPHS_FILE} lists ${name}, and ${sdlFile(name)} is missing.`);
    }
  }
  const folders = readdirSync(join(root, 'subgraphs'), { withFileTypes: true });
  const unlisted = folders.find(({ name }) => !(name in ports.data) && existsSync(join(root, sdlFile(name))));
  if (unlisted) throw inputError(`${SUBGRAPHS_FILE} does not list ${unlisted.name}: give it a port there.`);
  return ports.data;
}

function sdlFile(subgraph: string): string {
  return `subgraphs/${subgraph}/schema.graphql`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
