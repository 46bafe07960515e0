import { expect, test } from 'vitest';

import { assertFunnel, funnelOf } from './funnel.ts';

const [from, to] = [new Date('2027-01-01T00:00:00Z'), new Date('2027-01-31T00:00:00Z')];
const QUERY = { from, to, steps: ['title_view', 'search'], cityCode: null };

test.each([
  ['to', { to: from }],
  ['to', { to: new Date('2027-06-01T00:00:00Z') }],
  ['steps', { steps: [] }],
  ['steps', { steps: Array.from({ length: 11 }, (_, index) => `step_${index}`) }],
  ['steps.1', { steps: ['search', '%'] }],
  ['steps.2', { steps: ['search', 'title_view', 'search'] }],
])('an invalid question names %s', (field, change) => {
  expect(() => assertFunnel({ ...QUERY, ...change })).toThrow(
    expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', field } }),
  );
});

test('shares are of the first step, also where nobody took it', () => {
  const share = (visitors: number[]) => funnelOf(['a', 'b', 'c'], visitors).map((step) => step.conversionPercent);
  expect(share([3, 2])).toEqual([100, 66.67, 0]);
  expect(share([])).toEqual([0, 0, 0]);
});
