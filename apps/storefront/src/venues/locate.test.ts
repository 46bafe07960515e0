import { expect, test } from 'vitest';

import { locate } from './locate.ts';

const middle = { latitude: 52, longitude: 13 };

test('puts the north at the top and the east at the right', () => {
  const { positions } = locate([middle, { latitude: 52.1, longitude: 13.1 }], 200, 100, 10);
  const [south, north] = positions;
  expect(north!.y).toBeLessThan(south!.y);
  expect(north!.x).toBeGreaterThan(south!.x);
  expect(north!.y).toBeCloseTo(10);
});

test('shows some kilometres around a single place', () => {
  const { positions, kilometre } = locate([middle], 200, 100, 10);
  expect(positions).toEqual([{ x: 100, y: 50 }]);
  expect(kilometre).toBeCloseTo(40);
});
