import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

import { type Finding } from '../src/finding.ts';
import { type Checked, RegistryCopy } from './registry-copy.ts';

/** Files by name; null removes one. */
export type Files = Readonly<Record<string, string | null>>;

/** A change of a small registry: what was published, and what the check sees. */
export interface Play {
  /** The published SDL by subgraph. */
  readonly before: Files;
  /** The changed SDL by subgraph. */
  readonly after?: Files;
  /** The operations at the publication, by file below `schema/clients`. */
  readonly clients?: Files;
  readonly clientsAfter?: Files;
  /** Entries of `schema/approvals.yml`. */
  readonly approvals?: string;
  /** Entries of `schema/retired.yml`. */
  readonly retired?: string;
  /** Replacements in the configuration. */
  readonly config?: readonly (readonly [from: string, to: string])[];
}

const LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@authenticated", "@external", "@inaccessible", "@interfaceObject", "@key", "@override", "@policy",
    "@provides", "@requires", "@requiresScopes", "@shareable", "@tag"]
)`;
const CONFIG = readFileSync(new URL('../registry.config.yml', import.meta.url), 'utf8')
  .replaceAll(/^( {4}[a-z-]+): error$/gm, '$1: off')
  .replace(/^( {2}owners:\n)( {4}.*\n)+/m, '  owners: {}\n');

/** A row of a table of played changes: the expected exit code, and a line for each finding. */
export type PlayedChange = [name: string, change: Play, code: number, found: string[]];

/** A registry with these subgraphs and operations published, and then changed. */
export async function played({ before, after = {}, clients, clientsAfter, approvals, retired, config }: Play) {
  const root = mkdtempSync(join(tmpdir(), 'played-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const copy = new RegistryCopy(root);
  copy.write('packages/subgraph/common.graphql', LINK);
  copy.write('schema/registry.config.yml', CONFIG);
  for (const [from, to] of config ?? []) copy.config(from, to);
  put(copy, before, subgraphFile);
  put(copy, clients, clientFile);
  for (const command of ['compose', 'publish']) {
    const { code, text } = await copy.run(command);
    assert.equal(code, 0, text);
  }
  put(copy, after, subgraphFile);
  put(copy, clientsAfter, clientFile);
  if (approvals !== undefined) copy.write('schema/approvals.yml', approvals);
  if (retired !== undefined) copy.write('schema/retired.yml', retired);
  return copy;
}

/** Plays a change. @returns the exit code, and a line for each finding except lint and hints */
export async function play(change: Play): Promise<{ readonly code: number; readonly found: readonly string[] }> {
  return outcomeOf(await (await played(change)).check());
}

export function outcomeOf({ exitCode, findings }: Checked): { readonly code: number; readonly found: string[] } {
  const told = findings.filter(({ class: kind, severity }) => kind !== 'composition' || severity === 'error');
  return { code: exitCode, found: told.map(inOneLine).toSorted() };
}

/** `error breaking/field-removed Show.format [catalog]: storefront TitlePage`. */
function inOneLine({ severity, rule, coordinate, subgraph, uses = [] }: Finding): string {
  const parts = [severity, rule, coordinate, subgraph && `[${subgraph}]`].filter((part) => part);
  const users = uses.map(({ client, operation }) => `${client} ${operation}`).join(', ');
  return `${parts.join(' ')}${users === '' ? '' : `: ${users}`}`;
}

function put(copy: RegistryCopy, files: Files = {}, path: (name: string) => string): void {
  for (const [name, text] of Object.entries(files)) {
    if (text === null) copy.remove(path(name));
    else copy.write(path(name), text);
  }
}

function subgraphFile(name: string): string {
  return `subgraphs/${name}/schema.graphql`;
}

function clientFile(name: string): string {
  return `schema/clients/${name}`;
}
