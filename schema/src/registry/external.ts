import { inputError } from '../finding.ts';
import { subgraphUrl } from './config.ts';
import { httpUrl, subgraphName } from './names.ts';
import type { Published } from './published.ts';
import { publishedFile } from './published-files.ts';

/** A subgraph of another repository: its SDL is complete, and is kept as it was published. */
export interface ExternalSubgraph {
  readonly name: string;
  readonly url: string;
  /** The file that findings name. */
  readonly file: string;
  readonly text: string;
}

/** A publication from another repository, or one to check. */
export interface Candidate {
  readonly name: string;
  /** Absent to remove the subgraph. */
  readonly sdl?: { readonly file: string; readonly text: string };
  /** The routing URL; the published one by default, or that of the configuration. */
  readonly url?: string | undefined;
}

/** @throws {RegistryError} for a name or URL that cannot be */
export function checkedCandidate(candidate: Candidate): Candidate {
  if (!subgraphName.safeParse(candidate.name).success) {
    throw inputError(
      `--subgraph ${candidate.name} is no name: use lower-case letters, digits and hyphens, a letter first.`,
    );
  }
  if (candidate.url !== undefined && !httpUrl.safeParse(candidate.url).success) {
    throw inputError(`--url ${candidate.url} is no URL such as http://weather:4000/graphql.`);
  }
  return candidate;
}

/**
 * The subgraphs of other repositories: the published ones, with a candidate in place of its predecessor.
 *
 * @throws {RegistryError} when the candidate is to be removed and is none of them
 */
export function externalSubgraphs(
  { subgraphs }: Published,
  urlTemplate: string,
  candidate?: Candidate,
): ExternalSubgraph[] {
  const published = [...subgraphs.values()].flatMap(({ name, url, text }) =>
    url === undefined ? [] : [{ name, url, file: publishedFile(name), text }],
  );
  if (!candidate) return published;
  const { name, sdl } = candidate;
  const former = published.find((each) => each.name === name);
  if (!sdl && !former) throw inputError(`${name} is not published from another repository: nothing to remove.`);
  const others = published.filter((each) => each !== former);
  return sdl
    ? [...others, { name, ...sdl, url: candidate.url ?? former?.url ?? subgraphUrl(urlTemplate, name) }]
    : others;
}
