import { expect, test } from 'vitest';

import { REQUIREMENTS } from './asvs-levels.ts';
import { defaultsInCode, statedDefault } from './limit-in-code.ts';
import { exists, pathsIn, read, type Row, rowsWith, testsIn } from './page.ts';

const ASVS = read('docs/security-asvs.md');
const requirements = rowsWith(['id', 'level', 'state', 'test'], ASVS);
const recommendations = rowsWith(['recommendation', 'state', 'test'], ASVS);
const limits = rowsWith(['limit', 'default', 'test'], read('docs/security.md'));
const judged = [...requirements, ...recommendations];

const nameOf = ({ id, recommendation, limit }: Row): string => id ?? recommendation ?? limit ?? 'a row';

test('docs/security-asvs.md has one row for each requirement of ASVS 5.0, levels 1 and 2', () => {
  expect(requirements.map(({ id, level }) => [id, level])).toEqual(REQUIREMENTS);
});

test('each row has a state, and what the state asks for: tests, a document, code or a reason', () => {
  const wrong = judged.flatMap((row) => {
    const problem = problemOf(row);
    return problem === undefined ? [] : [`${nameOf(row)} is “${row['state']}”: ${problem}`];
  });
  expect([judged.length > 250, wrong]).toEqual([true, []]);
});

function problemOf({ state = '', where = '', test: named = '' }: Row): string | undefined {
  const [kind = '', reason] = state.split(': ', 2);
  if (kind === 'met') return named === '' ? 'name a test that shows it' : undefined;
  if (kind === 'documented' || kind === 'in code') return where === '' ? 'say where it is' : undefined;
  if (!['partly', 'planned', 'deployment', 'not applicable'].includes(kind)) return 'use a state of the list above';
  return reason === undefined ? 'give the reason' : undefined;
}

test('each test that a row names is in its file', () => {
  const missing = [...judged, ...limits].flatMap((row) =>
    testsIn(row['test'] ?? '').flatMap(({ file, names }) => {
      if (!exists(file)) return [`${nameOf(row)}: there is no file ${file}`];
      const code = read(file);
      return names.filter((name) => !isNamedIn(code, name)).map((name) => `${nameOf(row)}: ${file} has no “${name}”`);
    }),
  );
  expect(missing).toEqual([]);
});

function isNamedIn(code: string, name: string): boolean {
  return ["'", '"', '`'].some((quote) => code.includes(`${quote}${name}${quote}`));
}

test('each file that a row names is there', () => {
  const named = [...judged, ...limits].flatMap((row) =>
    pathsIn(`${row['where'] ?? ''} ${row['file'] ?? ''}`).map((path) => [nameOf(row), path] as const),
  );
  expect(named.filter(([, path]) => !exists(path))).toEqual([]);
});

test('each limit of docs/security.md has the default of the code', async () => {
  const inCode = await defaultsInCode();
  const wrong = limits.flatMap((row) => {
    const [stated, actual] = [statedDefault(row), inCode(row)];
    return stated === actual ? [] : [`${nameOf(row)}: the page says ${row['default']}, ${row['setting']} is ${actual}`];
  });
  expect([limits.length > 50, wrong]).toEqual([true, []]);
});
