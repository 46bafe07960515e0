import { expect, test } from 'vitest';

import { type Loosening, refuseLoosenings } from '../src/index.ts';

const LOOSENINGS: readonly Loosening[] = [
  { variable: 'MODE', isLoose: (mode) => mode === 'dry-run', why: 'shows everything' },
  { variable: 'DEMO', why: 'gives away passwords' },
];
const refuse = (variables: Record<string, string>) => () => refuseLoosenings(LOOSENINGS, variables);

test('what weakens a deployment is refused in production alone, all at once and without its value', () => {
  const loose = { MODE: 'dry-run', DEMO: 'hunter2' };
  const message = 'MODE shows everything. Unset it in production.\nDEMO gives away passwords. Unset it in production.';
  expect(refuse({ ...loose, NODE_ENV: 'production' })).toThrow(message);
  expect(refuse({ ...loose, NODE_ENV: 'development' })).not.toThrow();
  expect(refuse(loose)).not.toThrow();
  expect(refuse({ MODE: 'filter', DEMO: '', NODE_ENV: 'production' })).not.toThrow();
});
