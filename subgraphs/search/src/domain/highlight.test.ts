import { expect, test } from 'vitest';

import { highlight } from './highlight.ts';
import { parseSearchText } from './search-text.ts';

const DOCUMENT = { name: '', people: [] as string[], genres: [] as string[], description: '' };
const marks = (text: string, document: Partial<typeof DOCUMENT>, corrections = new Map<string, string[]>()): string =>
  highlight({ ...DOCUMENT, ...document }, parseSearchText(text), corrections);

test('matching words of the name are marked, as they are written', () => {
  expect(marks('amelie', { name: 'Le Fabuleux destin d’Amélie' })).toBe('Le Fabuleux destin d’<mark>Amélie</mark>');
  expect(marks('istanbul', { name: 'İstanbul’da' })).toBe('<mark>İstanbul</mark>’da');
  expect(marks('spiderman', { name: 'Spider-Man 2' })).toBe('<mark>Spider-Man</mark> 2');
});

test('everything but the marks is escaped', () => {
  expect(marks('img', { name: '<img onerror="x">&\'' })).toBe(
    '&lt;<mark>img</mark> onerror=&quot;x&quot;&gt;&amp;&#39;',
  );
});

test('the person who matches is shown, then what the description says around the match', () => {
  const people = ['Joel Coen', 'Frances McDormand'];
  expect(marks('mcdor', { name: 'Fargo', people })).toBe('Frances <mark>McDormand</mark>');
  const description = `${'Much happens before. '.repeat(20)}Then a heist goes wrong. ${'And so on. '.repeat(40)}`;
  const shown = marks('heist', { name: 'Fargo', description });
  expect(shown).toMatch(/^… .*<mark>heist<\/mark>.* …$/);
  expect(shown.length).toBeLessThan(200);
});

test('a corrected word is marked, and a name without a match is shown as it is', () => {
  expect(marks('fargp', { name: 'Fargo' }, new Map([['fargp', ['fargo']]]))).toBe('<mark>Fargo</mark>');
  expect(marks('other', { name: 'A & B' })).toBe('A &amp; B');
});

test('a long text of words without a space is cut where no character is', () => {
  expect(() => marks('b', { description: '𝒳'.repeat(5_000) })).not.toThrow();
  expect(marks('b', { name: 'N', description: `b${'𝒳'.repeat(5_000)}` }).length).toBeLessThan(400);
});
