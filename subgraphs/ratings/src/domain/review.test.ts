import { expect, test } from 'vitest';

import { judge, judgeEdit, MAX_TEXT_LENGTH, parseContent } from './review.ts';

test.each([0, 6, 2.5])('%d stars are refused', (stars) => {
  expect(() => parseContent({ stars })).toThrow('Give 1 to 5 stars.');
});

test('a text loses surrounding space, and one of space alone is none', () => {
  expect(parseContent({ stars: 5, text: ' Grand.\n' })).toEqual({ stars: 5, text: 'Grand.' });
  for (const text of [' \n', '\u200b\u2060', '\u202e ']) expect(parseContent({ stars: 5, text }).text).toBeNull();
});

test('a text that is too long is refused', () => {
  expect(() => parseContent({ stars: 5, text: 'a'.repeat(MAX_TEXT_LENGTH + 1) })).toThrow('at most 4000');
});

test('a text that becomes much longer when it is screened is refused, one of marks and ligatures that people use is not', () => {
  const text = '\ufdfa'.repeat(MAX_TEXT_LENGTH);
  expect(() => parseContent({ stars: 5, text })).toThrow('stand for many letters');
  for (const used of ['ำ', 'क़', 'ﬁ']) {
    expect(parseContent({ stars: 5, text: used.repeat(MAX_TEXT_LENGTH / 2) }).text).toHaveLength(
      used.length * (MAX_TEXT_LENGTH / 2),
    );
  }
});

test('a review without a doubt is published, one with a doubt waits for a moderator', () => {
  expect(judge([])).toEqual({ status: 'PUBLISHED', doubts: [] });
  expect(judge(['LINK'])).toEqual({ status: 'PENDING', doubts: ['LINK'] });
});

test('no edit of a rejected review is published without a moderator, however often it is edited', () => {
  const once = judgeEdit({ status: 'REJECTED', doubts: [] }, []);
  expect(once).toEqual({ status: 'PENDING', doubts: ['FOLLOWS_REJECTION'] });
  expect(judgeEdit(once, [])).toEqual(once);
});

test('an edit that takes the doubtful words out publishes a review that waits for them alone', () => {
  expect(judgeEdit({ status: 'PENDING', doubts: ['PROFANITY'] }, [])).toEqual({ status: 'PUBLISHED', doubts: [] });
});
