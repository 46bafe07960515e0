import { expect, test } from 'vitest';

import { findingsIn, findingsOf, problemsOf } from './audit.mjs';

const ADVISORY = {
  id: 'GHSA-1',
  package: 'globber',
  severity: 'high',
  title: 'Slow',
  vulnerable: '<2.3.2 || >=4.0.0 <4.0.4',
};
const LOCKFILE = {
  packages: {
    '': {},
    'node_modules/globber': { version: '4.0.3' },
    'node_modules/other/node_modules/globber': { version: '2.3.2' },
    'node_modules/@marquee/globber': { version: '1.0.0', link: true },
  },
};
const FINDING = { id: 'GHSA-1', package: 'globber', severity: 'high', title: 'Slow', version: '4.0.3' };
const EXCEPTION = { id: 'GHSA-1', package: 'globber', reason: 'Only our own patterns.', until: '2027-01-31' };

test('a vulnerable version is found wherever it is installed', () => {
  expect(findingsIn(LOCKFILE, [ADVISORY])).toEqual([FINDING]);
});

test('the registry’s report gives the same findings, and none when it has not answered', () => {
  const via = { url: 'https://github.com/advisories/GHSA-1', name: 'globber', severity: 'high', title: 'Slow' };
  expect(findingsOf({ vulnerabilities: { globber: { via: [via] }, other: { via: ['globber'] } } })).toEqual([
    { id: 'GHSA-1', package: 'globber', severity: 'high', title: 'Slow' },
  ]);
  expect(findingsOf({})).toBeUndefined();
});

test('a high finding fails unless an exception accepts it for a while', () => {
  expect(problemsOf([FINDING], [], '2027-01-01')).toEqual(['globber 4.0.3: high, Slow (GHSA-1)']);
  expect(problemsOf([FINDING], [EXCEPTION], '2027-01-01')).toEqual([]);
  expect(problemsOf([{ ...FINDING, severity: 'moderate' }], [], '2027-01-01')).toEqual([]);
});

test('an exception that is over, or about nothing in use, fails', () => {
  const stale = ['security/exceptions.json: GHSA-1 is over or about nothing in use (until 2027-01-31)'];
  expect(problemsOf([FINDING], [EXCEPTION], '2027-02-01')).toEqual(stale);
  expect(problemsOf([], [EXCEPTION], '2027-01-01')).toEqual(stale);
});
