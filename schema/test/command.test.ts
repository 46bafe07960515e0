import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { errorsOf, type RegistryCopy, registryCopy } from './registry-copy.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A copy with one error on a known line. */
async function copyWithError(): Promise<{ copy: RegistryCopy; line: number }> {
  const copy = await registryCopy();
  copy.subgraph('accounts', 'viewer: User @authenticated', 'viewer: User');
  const lines = copy.read('subgraphs/accounts/schema.graphql').split('\n');
  return { copy, line: lines.indexOf('  viewer: User') + 1 };
}

test('the text report names rule, location, subgraph and fix of each finding, and counts them', async () => {
  const { copy, line } = await copyWithError();
  await copy.run('compose');
  const { code, text } = await copy.run('check');
  expect(code).toBe(7);
  expect(text).toContain(`error  subgraphs/accounts/schema.graphql:${line}:3  [accounts]  authorisation/removed`);
  expect(text).toContain('→ Restore the directive, or add to schema/approvals.yml:');
  expect(text).toMatch(/1 error, 0 warnings and \d+ notes?\./);
});

test('GitHub annotations name the line of the subgraph’s SDL, and a summary is written', async () => {
  const { copy, line } = await copyWithError();
  await copy.run('compose');
  copy.env = { GITHUB_STEP_SUMMARY: copy.path('step-summary.md') };
  const { text } = await copy.run('check', '--github');
  expect(text).toContain(
    `::error file=subgraphs/accounts/schema.graphql,line=${line},col=3,title=authorisation/removed::Query.viewer required`,
  );
  expect(text).toContain('%0ARestore the directive');
  expect(copy.read('step-summary.md')).toMatch(/## Schema check failed[^]*\| error \| `authorisation\/removed` \|/);
});

test('SARIF carries rule, level and region', async () => {
  const { copy, line } = await copyWithError();
  await copy.run('compose');
  await copy.run('check', '--sarif', copy.path('check.sarif'), '--summary', copy.path('summary.md'));
  const [run] = JSON.parse(copy.read('check.sarif')).runs;
  const result = run.results.find(({ level }: { level: string }) => level === 'error');
  expect(result).toMatchObject({
    ruleId: 'authorisation/removed',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'subgraphs/accounts/schema.graphql' },
          region: { startLine: line, startColumn: 3 },
        },
      },
    ],
  });
  expect(run.tool.driver.rules[result.ruleIndex].id).toBe('authorisation/removed');
  expect(copy.read('summary.md')).toContain('Schema check failed');
});

test('the exit code is that of the first failure class in the documented order', async () => {
  const { copy } = await copyWithError();
  copy.subgraph('catalog', '  "The city\'s name."\n', '');
  expect((await copy.check()).exitCode).toBe(7);
  copy.subgraph('catalog', '  format: String!\n', '  format: String\n');
  const checked = await copy.check();
  expect(checked.exitCode).toBe(6);
  expect(new Set(errorsOf(checked).map((finding) => finding.class))).toEqual(
    new Set(['breaking', 'authorisation', 'lint']),
  );
});

test('publishing writes the schemas and the changelog, and the next check compares with them', async () => {
  const copy = await registryCopy();
  copy.subgraph(
    'catalog',
    '  "Whether heavy demand is expected when sales open."\n  highDemand: Boolean!\n',
    '  "Its mood."\n  mood: String @authenticated\n',
  );
  expect((await copy.check()).exitCode).toBe(0);
  expect(await copy.run('publish')).toEqual({ code: 0, text: 'Published revision 2: catalog.\n' });
  expect(copy.read('schema/published/catalog.graphql')).toContain('mood: String');
  const changelog = copy.read('schema/CHANGELOG.md');
  expect(changelog).toContain('## Revision 2 · 2026-11-24');
  expect(changelog).toMatch(/\*\*breaking\*\* Field 'highDemand' was removed from object type 'Show'/);
  expect(changelog.indexOf('## Revision 2')).toBeLessThan(changelog.indexOf('## Revision 1'));
  expect(await copy.checkOnly()).toMatchObject({ exitCode: 0, changes: { api: [] } });
  expect((await copy.run('publish')).text).toContain('Nothing to publish');
});

test('text from an SDL cannot inject commands, headings, tags or images into reports', async () => {
  const copy = await registryCopy();
  const deprecated = (reason: string) => `posterUrl: String @deprecated(reason: "${reason} Removed after 2027-06-30.")`;
  for (let type = 0; type < 3; type += 1)
    copy.subgraph('catalog', '  posterUrl: String\n', `  ${deprecated('Old.')}\n`);
  await copy.run('compose');
  expect((await copy.run('publish')).code).toBe(0);
  const hostile = String.raw`Old.\n::stop-commands::x\n## Revision 9\n\u001b[31m <script> ![](https://example.com/p.png) a \\| b`;
  const file = 'subgraphs/catalog/schema.graphql';
  copy.write(
    file,
    copy.read(file).replaceAll(deprecated('Old.'), () => deprecated(hostile)),
  );
  await copy.run('compose');
  const { code, text } = await copy.run('check', '--github', '--summary', copy.path('summary.md'));
  const { text: differences } = await copy.run('diff');
  expect((await copy.run('publish')).code).toBe(0);
  expect(code).toBe(0);
  expect(text).toMatch(/^::stop-commands::[0-9a-f-]{36}\n/);
  expect(differences).toContain(String.raw`Old.\n::stop-commands::x\n## Revision 9\n\u001b[31m`);
  expect(differences).not.toMatch(/^(::|##)/m);
  expect(copy.read('schema/CHANGELOG.md')).not.toMatch(/^## Revision 9|^::|<script>|[^\\]\[\]/m);
  expect(copy.read('summary.md')).not.toMatch(/<script>|[^\\]\[\]|[^\\]\\\\\|/);
});

test('publishing deletes files of its own folder only, whatever the manifest names', async () => {
  const copy = await registryCopy();
  const text = 'type Foo {\n  bar: String\n}\n';
  copy.write('elsewhere/victim.graphql', text);
  const entry = `"a/../../../elsewhere/victim": "${createHash('sha256').update(text).digest('hex')}",`;
  copy.edit('schema/published/manifest.json', '"accounts":', `${entry} "accounts":`);
  expect((await copy.run('publish')).code).toBe(5);
  expect(copy.read('elsewhere/victim.graphql')).toBe(text);
});

test('publishing writes nothing when the check fails', async () => {
  const { copy } = await copyWithError();
  await copy.run('compose');
  const before = copy.read('schema/published/manifest.json');
  expect((await copy.run('publish')).code).toBe(7);
  expect(copy.read('schema/published/manifest.json')).toBe(before);
});

test('differences are printed by severity, for the public schema and each subgraph', async () => {
  const copy = await registryCopy();
  expect(await copy.run('diff')).toEqual({ code: 0, text: 'Public schema: no differences\n' });
  copy.subgraph('catalog', '  format: String!\n', '  format: String\n');
  const { text } = await copy.run('diff');
  expect(text).toContain('Public schema: 1 breaking, 0 dangerous and 0 safe changes\n  breaking   Field');
  expect(text).toContain('Subgraph catalog: 1 breaking');
});

test('with --base, the published schema is read from that commit', async () => {
  const copy = await registryCopy();
  copy.commit('main');
  copy.subgraph('catalog', '  format: String!\n', '  format: String!\n  "Its mood."\n  mood: String @authenticated\n');
  await copy.run('compose');
  expect((await copy.run('publish')).code).toBe(0);
  expect(await copy.check()).toMatchObject({ exitCode: 0, changes: { api: [] } });
  expect(await copy.check('--base', 'main')).toMatchObject({ exitCode: 0, changes: { api: [{ level: 'safe' }] } });
  expect(await copy.checkOnly('--base', 'release')).toMatchObject({
    exitCode: 2,
    findings: [{ message: '--base release names no commit here.' }],
  });
});

test.each([
  [['chekc'], 'No command chekc'],
  [['check', '--fast'], '--fast'],
  [['check', 'now'], 'Unknown arguments: now'],
  [['compose', '--variant', 'press'], 'no contract press'],
])('%j is refused as not understood', async (args, message) => {
  const { code, text } = await (await registryCopy()).run(...args);
  expect([code, text]).toEqual([2, expect.stringContaining(message)]);
});

test('the process exits with the code of the report, which it prints to standard output', async () => {
  const { copy } = await copyWithError();
  expect((await copy.run('compose')).code).toBe(0);
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'schema/src/main.ts', 'check', '--root', copy.root],
    { cwd: ROOT, encoding: 'utf8', env: {} },
  );
  expect([status, stdout]).toEqual([7, expect.stringContaining('authorisation/removed')]);
}, 120_000);
