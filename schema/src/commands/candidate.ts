import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { inputError } from '../finding.ts';
import { type Candidate, checkedCandidate } from '../registry/external.ts';

/** The arguments that name a subgraph of another repository. */
export interface CandidateArguments {
  readonly subgraph?: string | undefined;
  /** A file, or `-` for standard input. */
  readonly sdl?: string | undefined;
  readonly url?: string | undefined;
  readonly delete?: boolean | undefined;
}

/** The caller's files. */
export interface Files {
  /** The folder in which the command was called. */
  readonly cwd: string;
  readonly stdin: () => string;
}

/** The candidate that arguments name, if any. @throws {RegistryError} when they do not fit together */
export function candidateOf(given: CandidateArguments, files: Files): Candidate | undefined {
  const { subgraph: name, sdl, url } = given;
  const isDeleted = given.delete ?? false;
  if (name === undefined) {
    if (sdl === undefined && url === undefined && !isDeleted) return undefined;
    throw inputError('--sdl, --url and --delete need --subgraph <name>: see --help.');
  }
  if ((sdl === undefined) !== isDeleted)
    throw inputError('--subgraph needs either --sdl <file> or --delete: see --help.');
  if (sdl === undefined) return checkedCandidate({ name });
  const file = sdl === '-' ? 'standard input' : sdl;
  return checkedCandidate({ name, url, sdl: { file, text: textOf(sdl, files) } });
}

function textOf(file: string, { cwd, stdin }: Files): string {
  if (file === '-') return stdin();
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw inputError(`--sdl ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
