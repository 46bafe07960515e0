import { expect, test } from 'vitest';

import { Batches } from './batches.ts';

function recorded(work: (items: readonly string[]) => Promise<string[]> = async (items) => [...items]) {
  const worked: string[][] = [];
  const batches = new Batches<string, string>({
    atMost: 3,
    keyOf: (item) => item[0] ?? '',
    work: (items) => {
      worked.push([...items]);
      return work(items);
    },
  });
  return { batches, worked };
}

test('what is asked at once is worked on together, up to the most, and each gets its own result', async () => {
  const { batches, worked } = recorded();
  expect(await Promise.all(['a', 'b', 'c', 'd'].map((item) => batches.do(item)))).toEqual(['a', 'b', 'c', 'd']);
  expect(worked).toEqual([['a', 'b', 'c'], ['d']]);
});

test('what comes while work is under way waits for the next', async () => {
  let finish = (): void => undefined;
  const { batches, worked } = recorded(async (items) => {
    if (items.includes('a')) await new Promise<void>((resolve) => (finish = resolve));
    return [...items];
  });
  const first = batches.do('a');
  await new Promise(setImmediate);
  const others = ['b', 'c'].map((item) => batches.do(item));
  finish();
  await Promise.all([first, ...others]);
  expect(worked).toEqual([['a'], ['b', 'c']]);
});

test('two of one key are worked on one after the other', async () => {
  const { batches, worked } = recorded();
  await Promise.all(['a1', 'a2', 'b1', 'a3'].map((item) => batches.do(item)));
  expect(worked).toEqual([['a1', 'b1'], ['a2'], ['a3']]);
});

test('work that fails fails for those in it alone', async () => {
  const { batches } = recorded(async (items) => {
    if (items.includes('a')) throw new Error('no');
    return [...items];
  });
  await expect(batches.do('a')).rejects.toThrow('no');
  expect(await batches.do('b')).toBe('b');
});
