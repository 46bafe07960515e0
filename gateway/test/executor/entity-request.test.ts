import { expect, test } from 'vitest';

import { NO_CONTEXT } from '../../src/executor/run/context.ts';
import { EntityRequest } from '../../src/executor/run/entity-request.ts';

test.each([
  ['50 ms', 0, 50],
  ['as long as its operation has taken', 4_000, 4_000],
])('a fetch waits for another at most %s', (_what, elapsedMs, waitMs) => {
  const request = new EntityRequest({ coming: 2, awaited: 2, startedAt: Date.now() - elapsedMs }, () => {});
  request.batch(0, NO_CONTEXT).add('{}');
  const before = Date.now();
  request.arrive(true);
  expect(request.deadline).toBeGreaterThanOrEqual(before + waitMs);
  expect(request.deadline).toBeLessThan(before + waitMs + 1_000);
  request.expire();
});
