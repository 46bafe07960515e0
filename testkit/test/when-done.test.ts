import { beforeAll, expect, test } from 'vitest';

import { whenDone } from '../src/index.ts';
import { finishFile } from '../src/when-done.ts';

const done: string[] = [];
beforeAll(() => {
  whenDone(() => void done.push('opened first'));
  whenDone(() => Promise.reject(new Error('a work that fails')));
  whenDone(() => void done.push('opened last'));
});

test('works of a test run when it is done', () => {
  whenDone(() => void done.push('of the test'));
  expect(done).toEqual([]);
});

test('works that a file registers before its tests run after them, the last one first, also when one fails', async () => {
  expect(done.splice(0)).toEqual(['of the test']);
  await expect(finishFile()).rejects.toThrow('a work that fails');
  expect(done).toEqual(['opened last', 'opened first']);
});
