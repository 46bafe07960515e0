import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';

import type { Finding } from '../src/finding.ts';
import { errorsOf, type RegistryCopy, registryCopy } from './registry-copy.ts';

const BOOKING = 'subgraphs/booking/schema.graphql';
const COMMON = 'packages/subgraph/common.graphql';

type Mistake = [name: string, make: (copy: RegistryCopy) => void, code: number, rules: string[], at: string];

const MISTAKES: Mistake[] = [
  [
    'a merge conflict',
    (copy) => copy.subgraph('booking', 'type Availability {', '<<<<<<< HEAD\ntype Availability {'),
    3,
    ['syntax'],
    `${BOOKING}:<<<<<<< HEAD`,
  ],
  [
    'a merge conflict in a description',
    (copy) => copy.extend('booking', '"""\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other\n"""\nscalar Marked'),
    3,
    ['syntax'],
    `${BOOKING}:<<<<<<< HEAD`,
  ],
  ['an empty file', (copy) => copy.write(BOOKING, ''), 3, ['syntax'], `${BOOKING}:`],
  [
    'an unknown type',
    (copy) => copy.subgraph('booking', '  total: Int!', '  total: Nothing!'),
    4,
    ['composition/invalid-graphql'],
    `${BOOKING}:  total: Nothing!`,
  ],
  [
    'an unknown directive',
    (copy) => copy.subgraph('booking', '  total: Int!', '  total: Int! @hidden'),
    4,
    ['composition/invalid-graphql'],
    `${BOOKING}:  total: Int! @hidden`,
  ],
  [
    'a missing file',
    (copy) => {
      copy.remove(BOOKING);
      copy.write('subgraphs/booking/package.json', '{}');
    },
    3,
    ['syntax'],
    `${BOOKING}:`,
  ],
  ['no common types', (copy) => copy.remove(COMMON), 3, ['syntax'], `${COMMON}:`],
  [
    'common types that do not parse',
    (copy) => copy.edit(COMMON, 'scalar Date\n', 'scalar Date }\n'),
    3,
    ['syntax'],
    `${COMMON}:scalar Date }`,
  ],
];

/** The place that a finding points to, with the text of its line. */
function lineOf(copy: RegistryCopy, { location }: Finding): string {
  const { file = '', line = 0 } = location ?? {};
  const lines = existsSync(copy.path(file)) ? copy.read(file).split('\n') : [];
  return `${file}:${lines[line - 1] ?? ''}`;
}

test.each(MISTAKES)('%s is told on its line', async (_name, make, code, rules, at) => {
  const copy = await registryCopy();
  make(copy);
  const checked = await copy.checkOnly();
  expect(checked.exitCode).toBe(code);
  const errors = errorsOf(checked);
  expect(errors.map(({ rule }) => rule)).toEqual(rules);
  expect(errors.map((each) => lineOf(copy, each))).toEqual([at]);
  for (const command of ['validate', 'compose', 'diff', 'publish']) {
    expect((await copy.run(command)).code).toBe(code);
  }
});

test('the line is shown, with its neighbours and a mark', async () => {
  const copy = await registryCopy();
  copy.write(BOOKING, '"Seats."\ntype Seats {\n<<<<<<< HEAD\n  left: Int\n');
  const { text } = await copy.run('check');
  expect(text).toContain(`error  ${BOOKING}:3:1  [booking]  syntax
  ${BOOKING} has a merge conflict.
  2 | type Seats {
  3 | <<<<<<< HEAD
    | ^
  4 |   left: Int
  → Keep what is right and remove the three markers.
`);
});

test('nothing is said of changes that could not be compared', async () => {
  const copy = await registryCopy();
  const approval = '{ rule: breaking/field-removed, coordinate: Show.x, reason: nobody uses it, expires: 2026-12-24 }';
  copy.write('schema/approvals.yml', `- ${approval}\n`);
  copy.extend('booking', '}');
  const { findings, summary } = await copy.checkOnly();
  expect(findings.map(({ rule }) => rule)).toEqual(['syntax']);
  expect(summary).toContain('Not compared with revision 1 of the published schema.');
});

test('every broken file is told at once', async () => {
  const copy = await registryCopy();
  copy.extend('booking', '}');
  copy.extend('catalog', 'type');
  copy.write(COMMON, 'scalar');
  const errors = errorsOf(await copy.checkOnly());
  expect(errors.map(({ location }) => location?.file)).toEqual([COMMON, BOOKING, 'subgraphs/catalog/schema.graphql']);
});

test('a registry without subgraphs is refused', async () => {
  const copy = await registryCopy();
  copy.remove('subgraphs');
  expect(await copy.checkOnly()).toMatchObject({
    exitCode: 2,
    findings: [{ message: 'There is no folder subgraphs/.' }],
  });
});
