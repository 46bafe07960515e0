import { expect, test } from 'vitest';

import { excerptOf } from './excerpt.ts';

test('Markdown becomes plain text', () => {
  const markdown = '# Refunds\n\nSee **[the policy](https://x.test)**:\n\n- in `days`\n1. first';
  expect(excerptOf(markdown)).toBe('Refunds See the policy: in days first');
});

test('a long text is cut at a word', () => {
  expect(excerptOf('one two three', 9)).toBe('one two…');
  expect(excerptOf('क'.repeat(20), 5)).toBe(`${'क'.repeat(5)}…`);
});
