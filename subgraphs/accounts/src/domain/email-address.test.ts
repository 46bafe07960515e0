import { expect, test } from 'vitest';
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
