import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { pauseBefore } from './socket.ts';

const events = new EventTarget();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
  vi.stubGlobal('removeEventListener', events.removeEventListener.bind(events));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Whether the pause before an attempt is over after some time. */
async function isOver(attempt: number, afterMs: number, isBack = false): Promise<boolean> {
  let over = false;
  void pauseBefore(attempt).then(() => (over = true));
  await vi.advanceTimersByTimeAsync(afterMs);
  if (isBack) events.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(0);
  return over;
}

it('waits longer after each attempt', async () => {
  expect(await isOver(0, 1_200)).toBe(false);
  expect(await isOver(0, 4_000)).toBe(true);
  expect(await isOver(3, 8_000)).toBe(false);
});

it('waits no longer once there is a network again', async () => {
  expect(await isOver(10, 1_000, true)).toBe(true);
});

it.each([10, 40, 2_000])('waits for seconds before attempt %i, not for minutes', async (attempt) => {
  expect(await isOver(attempt, 16_000)).toBe(false);
  expect(await isOver(attempt, 19_000)).toBe(true);
});
