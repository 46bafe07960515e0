import { expect, test } from 'vitest';

import { passwordRules } from './password-rules.ts';

const ADA = ['ada.lovelace@example.com', 'Ada Lovelace'];

test('several unrelated words keep every rule', () => {
  expect(passwordRules('correct horse battery', ADA)).toEqual({ length: true, own: true, pattern: true });
});

test('characters count, not bytes', () => {
  expect(passwordRules('🎭🎬🎟️🍿🎪🎨🎹🎻🎺', []).length).toBe(true);
  expect(passwordRules('too short', []).length).toBe(false);
  expect(passwordRules('x9'.repeat(101), []).length).toBe(false);
});

test.each(['Lovelace2027!', 'marquee12345'])('%j is made of known words', (password) => {
  expect(passwordRules(password, ADA).own).toBe(false);
});

test('repeated characters are a pattern', () => {
  expect(passwordRules('aaabbbaaabbb', []).pattern).toBe(false);
});
