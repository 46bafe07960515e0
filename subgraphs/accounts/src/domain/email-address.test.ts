import { expect, test, vi } from 'vitest';
import { isEmail, normalisedEmail } from './email-address.ts';

test('case and blanks around an address do not matter', () => {
  expect(normalisedEmail('  Ada@Example.COM ')).toBe('ada@example.com');
});

test.each(['ada@example.com', 'a.b+c@sub.example.co.uk', 'customer@marquee.test'])('%j is an address', (address) => {
  expect(isEmail(address)).toBe(true);
});

test.each(['', 'ada', 'ada@', '@example.com', 'ada@example', 'a b@example.com', `${'x'.repeat(243)}@example.com`])(
  '%j is none',
  (text) => {
    expect(isEmail(text)).toBe(false);
  },
);

test('a text that is too long to be an address is not searched for one', () => {
  const searches = [vi.spyOn(RegExp.prototype, 'exec'), vi.spyOn(RegExp.prototype, 'test')];
  expect(isEmail(`a@${'a.'.repeat(500)}com`)).toBe(false);
  expect(searches.flatMap(({ mock }) => mock.calls)).toEqual([]);
  vi.restoreAllMocks();
});
