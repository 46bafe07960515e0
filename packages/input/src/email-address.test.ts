import { expect, test, vi } from 'vitest';

import { parseEmail } from './email-address.ts';

test('an address is trimmed and lower-cased', () => {
  expect(parseEmail('  Ada@Example.COM ')).toBe('ada@example.com');
});

test.each(['ada@example.com', 'a.b+c@sub.example.co.uk', 'customer@marquee.test'])('%j is valid', (address) => {
  expect(parseEmail(address)).toBe(address);
});

test.each(['', 'ada', 'ada@', '@example.com', 'ada@example', 'a b@example.com', `${'x'.repeat(243)}@example.com`])(
  '%j is not valid',
  (text) => {
    expect(parseEmail(text)).toBeNull();
  },
);

test('no regular expression runs on a text that is too long', () => {
  const searches = [vi.spyOn(RegExp.prototype, 'exec'), vi.spyOn(RegExp.prototype, 'test')];
  expect(parseEmail(`a@${'a.'.repeat(500)}com`)).toBeNull();
  expect(searches.flatMap(({ mock }) => mock.calls)).toEqual([]);
  vi.restoreAllMocks();
});
