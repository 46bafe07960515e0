import { expect, test } from 'vitest';
import { nearMetricsPort } from '../src/port.ts';

test('stacks with different gateway ports look for ports of metrics in different places', () => {
  expect([nearMetricsPort(4_000), nearMetricsPort(4_000, 3), nearMetricsPort(4_100)]).toEqual([9_464, 9_467, 9_564]);
  expect(nearMetricsPort(65_000)).toBeUndefined();
});
