import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NOT_COPIED = new Set(['.git', '.turbo', 'bench', 'dist', 'docs', 'node_modules', 'src', 'test']);

/** The parts of the repository that generation reads. */
function repositoryCopy(): string {
  const root = mkdtempSync(join(tmpdir(), 'generation-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(ROOT, root, { recursive: true, filter: (path) => path === ROOT || !NOT_COPIED.has(basename(path)) });
  cpSync(join(ROOT, 'schema/src'), join(root, 'schema/src'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  return root;
}

test('generation and the check tell invalid SDL by file and line, with the check’s exit code', () => {
  const root = repositoryCopy();
  appendFileSync(join(root, 'subgraphs/booking/schema.graphql'), '\n<<<<<<< HEAD\n');
  for (const command of ['node scripts/prepare.mjs', 'npm run --silent schema:check']) {
    const { status, stdout, stderr } = spawnSync(command, { cwd: root, encoding: 'utf8', shell: true });
    expect([status, stderr]).toEqual([3, '']);
    expect(stdout).toMatch(/^error {2}subgraphs\/booking\/schema\.graphql:\d+:1 {2}\[booking\] {2}syntax\n/);
    expect(stdout).toContain('| <<<<<<< HEAD\n');
  }
}, 120_000);
