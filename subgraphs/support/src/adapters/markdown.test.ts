import { expect, test } from 'vitest';

import { renderMarkdown } from './markdown.ts';

test('Markdown becomes HTML', () => {
  expect(renderMarkdown('**Now** [read](https://marquee.test/help)')).toBe(
    '<p><strong>Now</strong> <a href="https://marquee.test/help">read</a></p>\n',
  );
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[here](javascript:alert(1))',
  '[here](JaVaScRiPt&colon;alert(1))',
  '![x](data:text/html;base64,PHNjcmlwdD4=)',
  '<a href="vbscript:x">here</a>',
])('%s runs nothing', (text) => {
  expect(renderMarkdown(text)).not.toMatch(/<(script|img|a)\b/i);
});
