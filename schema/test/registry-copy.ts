import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

import type { DocumentNode } from 'graphql';
import { main } from '../src/cli.ts';
import type { CommandEnvironment } from '../src/commands/context.ts';
import { composeDocuments, type Composer, type Composition } from '../src/composition.ts';
import type { SchemaChange } from '../src/checks/changes.ts';
import type { Finding } from '../src/finding.ts';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
/** An excerpt of the repository's SDL and operations: a check of all of them takes six times as long. */
const MARKETPLACE = join(REPOSITORY, 'schema/test/marketplace');
const COPIED: readonly (readonly [from: string, to: string])[] = [
  ...[
    'packages/subgraph/common.graphql',
    'packages/database/tables.prisma',
    'packages/events/tables.prisma',
    'packages/mail/tables.prisma',
    'schema/registry.config.yml',
    'prisma/accounts',
  ].map((own) => [join(REPOSITORY, own), own] as const),
  [join(MARKETPLACE, 'subgraphs'), 'subgraphs'],
  [join(MARKETPLACE, 'clients'), 'schema/clients'],
];

/** The date of the checks in tests. */
export const NOW = new Date('2026-11-24T12:00:00Z');

/** The output of a command. */
export interface Answer {
  readonly code: number;
  readonly text: string;
}

/** The output of `check --json`. */
export interface Checked {
  readonly exitCode: number;
  readonly summary: readonly string[];
  readonly findings: readonly Finding[];
  readonly changes: { readonly api: readonly SchemaChange[]; readonly subgraphs: Readonly<Record<string, unknown>> };
}

/** A copy of the registry's files, with its SDL published. */
export class RegistryCopy {
  readonly root: string;
  env: CommandEnvironment = {};
  stdin = '';

  constructor(root: string) {
    this.root = root;
  }

  path(file: string): string {
    return join(this.root, file);
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  remove(file: string): void {
    rmSync(this.path(file), { recursive: true });
  }

  /** Replaces the first occurrence of `from`, which must exist. */
  edit(file: string, from: string, to: string): void {
    const text = this.read(file);
    assert.ok(text.includes(from), `${file} has not what the test changes: ${from}`);
    this.write(
      file,
      text.replace(from, () => to),
    );
  }

  /** Changes a subgraph's SDL. */
  subgraph(name: string, from: string, to: string): void {
    this.edit(`subgraphs/${name}/schema.graphql`, from, to);
  }

  /** Adds to a subgraph's SDL. */
  extend(name: string, sdl: string): void {
    const file = `subgraphs/${name}/schema.graphql`;
    this.write(file, `${this.read(file)}\n${sdl}\n`);
  }

  config(from: string, to: string): void {
    this.edit('schema/registry.config.yml', from, to);
  }

  /** Excludes coordinates from a lint rule. */
  exclude(rule: string, coordinates: string, reason: string): void {
    const entry = `    - { rule: ${rule}, coordinates: [${coordinates}], reason: ${reason} }\n`;
    this.config('  exclusions:\n', `  exclusions:\n${entry}`);
  }

  /** Publishes these operations in place of the published ones. */
  republishOperations(text: string): void {
    const manifest = JSON.parse(this.read('schema/published/manifest.json'));
    this.write('schema/published/operations.json', text);
    const operations = createHash('sha256').update(text).digest('hex');
    this.write('schema/published/manifest.json', JSON.stringify({ ...manifest, operations }));
  }

  /** Commits the registry on a new branch. */
  commit(branch: string): void {
    const git = (...args: string[]): void =>
      void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: this.root });
    if (!existsSync(this.path('.git'))) git('init', '-q');
    git('checkout', '-q', '-b', branch);
    git('add', '-A', 'schema');
    git('commit', '-q', '-m', branch);
  }

  async run(...args: string[]): Promise<Answer> {
    let text = '';
    const code = await main([...args, '--root', this.root], {
      env: this.env,
      now: NOW,
      compose: remembering,
      root: '/nowhere',
      cwd: this.root,
      stdin: () => this.stdin,
      out: (part) => (text += part),
    });
    return { code, text };
  }

  /** Composes, and checks. */
  async check(...args: string[]): Promise<Checked> {
    await this.run('compose');
    return this.checkOnly(...args);
  }

  /** Runs the check. */
  async checkOnly(...args: string[]): Promise<Checked> {
    const { code, text } = await this.run('check', '--json', ...args);
    const checked = JSON.parse(text) as Checked;
    assert.equal(checked.exitCode, code);
    return checked;
  }
}

/** Compositions to remember: of what is published, and of what a test changes. A document's tokens take megabytes. */
const REMEMBERED = 6;
let base: Promise<ReadonlyMap<string, string>> | undefined;
const composed = new Map<string, Composition>();

/** Cached, because most checks of a test file compose the same SDL. */
const remembering: Composer = (subgraphs, proven) => {
  const key = JSON.stringify([proven, subgraphs.map(({ name, document }) => [name, bodiesOf(document)])]);
  const known = composed.get(key) ?? composeDocuments(subgraphs, proven);
  composed.delete(key);
  composed.set(key, known);
  const [oldest] = composed.keys();
  if (composed.size > REMEMBERED && oldest !== undefined) composed.delete(oldest);
  return known;
};

function bodiesOf({ definitions }: DocumentNode): string[] {
  return [...new Set(definitions.map(({ loc }) => loc?.source.body ?? ''))];
}

/** A copy for the current test. */
export async function registryCopy(): Promise<RegistryCopy> {
  base ??= publishedBase();
  const root = mkdtempSync(join(tmpdir(), 'registry-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const copy = new RegistryCopy(root);
  for (const [file, text] of await base) copy.write(file, text);
  return copy;
}

/** The findings that fail a check. */
export function errorsOf({ findings }: Pick<Checked, 'findings'>): Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

/** Copied and published once for each process. */
async function publishedBase(): Promise<ReadonlyMap<string, string>> {
  const root = mkdtempSync(join(tmpdir(), 'registry-base-'));
  for (const [from, to] of COPIED) cpSync(from, join(root, to), { recursive: true, filter: isSource });
  const copy = new RegistryCopy(root);
  copy.write('schema/approvals.yml', '[]\n');
  for (const command of ['compose', 'publish']) {
    const { code, text } = await copy.run(command);
    assert.equal(code, 0, text);
  }
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map(({ parentPath, name }): [string, string] => {
    const file = relative(root, join(parentPath, name));
    return [file, copy.read(file)];
  });
  rmSync(root, { recursive: true });
  return new Map(texts);
}

function isSource(file: string): boolean {
  return !/\/(node_modules|generated)$/.test(file);
}
