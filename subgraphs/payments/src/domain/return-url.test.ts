import { expect, test } from 'vitest';

import { requireReturnUrl, returnUrlOf } from './return-url.ts';

const REFUSED = 'Send the address of a page on a site that takes payments for this marketplace.';
const ORIGINS = ['https://tickets.example', 'http://localhost:3000'];

test('a page of a named site is allowed, as is none', () => {
  expect(requireReturnUrl('https://tickets.example/done?lang=nl', ORIGINS)).toBe(
    'https://tickets.example/done?lang=nl',
  );
  expect(requireReturnUrl('http://localhost:3000', ORIGINS)).toBe('http://localhost:3000/');
  expect(requireReturnUrl(null, ORIGINS)).toBeNull();
});

test('where no site is named only the own machine is allowed', () => {
  expect(requireReturnUrl('http://127.0.0.1:5173/paid', [])).toBe('http://127.0.0.1:5173/paid');
  expect(() => requireReturnUrl('https://tickets.example/', [])).toThrow(REFUSED);
});

test.each([
  'https://evil.example/',
  'https://tickets.example.evil.example/',
  'https://tickets.example@evil.example/',
  'https://user:word@tickets.example/',
  'https://tickets.example:8443/',
  'http://tickets.example/',
  '//tickets.example/',
  '/done',
  'javascript:alert(1)',
  'data:text/html,hello',
  'http://localhost.evil.example:3000/',
  '',
])('%s is refused', (url) => {
  expect(() => requireReturnUrl(url, ORIGINS)).toThrow(REFUSED);
});

test('only the payment is added to the query, and replaces what stands there', () => {
  expect(returnUrlOf('https://tickets.example/done?lang=nl#x', 'pay_1')).toBe(
    'https://tickets.example/done?lang=nl&payment=pay_1#x',
  );
  expect(returnUrlOf('https://tickets.example/?payment=pay_9', 'pay_1')).toBe('https://tickets.example/?payment=pay_1');
});
