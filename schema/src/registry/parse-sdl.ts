import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, getLocation, GraphQLError, parse, Source } from 'graphql';

import type { Finding } from '../finding.ts';
import { excerpt } from './locations.ts';

/** Reads and parses a file of the repository. @returns the document, or a finding */
export function readSdl(root: string, file: string): DocumentNode | Finding {
  let text: string;
  try {
    text = readFileSync(join(root, file), 'utf8');
  } catch (error) {
    return {
      class: 'syntax',
      rule: 'syntax',
      severity: 'error',
      message: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      help: 'Restore it from git.',
      location: { file, line: 1, column: 1 },
    };
  }
  return parseSdl(file, text);
}

/** The latest document of each file: a command reads what is published several times. */
const latest = new Map<string, { readonly text: string; readonly document: DocumentNode }>();

/** Parses a file. @returns the document, or a finding on the first line that is not GraphQL */
export function parseSdl(file: string, text: string): DocumentNode | Finding {
  const known = latest.get(file);
  if (known?.text === text) return known.document;
  const source = new Source(text, file);
  const conflict = text.search(/^<{7} /m);
  if (conflict !== -1) {
    return mistake(
      source,
      conflict,
      `${file} has a merge conflict.`,
      'Keep what is right and remove the three markers.',
    );
  }
  try {
    const document = parse(source);
    latest.set(file, { text, document });
    return document;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const help = 'Correct the syntax here. An editor with GraphQL support shows errors as you type.';
    return mistake(source, error.positions?.[0] ?? 0, `${file} is not GraphQL: ${error.message}`, help);
  }
}

function mistake(source: Source, position: number, message: string, help: string): Finding {
  const place = getLocation(source, position);
  return {
    class: 'syntax',
    rule: 'syntax',
    severity: 'error',
    message,
    help,
    location: { file: source.name, ...place },
    excerpt: excerpt(source, place),
  };
}
