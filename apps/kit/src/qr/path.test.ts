import { expect, it } from 'vitest';

import { qrPath } from './path.ts';

it('draws a code with its quiet zone', () => {
  const { size, path } = qrPath('MARQUEE');
  expect(size).toBe(21 + 2 * 4);
  // The upper edge of the first finder pattern.
  expect(path.startsWith('M4 4h7v1h-7z')).toBe(true);
});

it('grows with the text', () => {
  expect(qrPath('m'.repeat(200)).size).toBeGreaterThan(qrPath('m').size);
});
