import { expect, test } from 'vitest';

import { profanityLists } from '../adapters/profanity.ts';
import { screen } from '../domain/screening.ts';
import { seedReviews } from './seed-reviews.ts';

const reviews = seedReviews(new Date('2026-12-01T00:00:00.000Z'));

test('the screening says of the seed what the seed says', () => {
  const hasProfanity = profanityLists();
  const screened = reviews.filter(({ status, reporters }) => status !== 'REJECTED' && reporters.length === 0);
  expect(screened.map(({ text }) => screen(text, hasProfanity))).toEqual(screened.map(({ doubts }) => doubts));
});

test('nobody says the same twice, or reviews a subject twice', () => {
  const said = reviews.flatMap(({ text }) => (text === null ? [] : [text]));
  const written = reviews.map(({ authorId, subjectId }) => `${authorId} ${subjectId}`);
  expect([new Set(said).size, new Set(written).size]).toEqual([said.length, written.length]);
  expect(said.length).toBeGreaterThan(60);
});

test.each(['TITLE', 'VENUE'])('people say something about most of each %s that they review', (type) => {
  const isLive = (id: string): boolean => /_(concert|theatre|comedy|sport)-/.test(id);
  const reviewed = reviews.filter(({ subjectType, subjectId }) => subjectType === type && !isLive(subjectId));
  const worded = reviewed.filter(({ text }) => text !== null);
  const [all, some] = [reviewed, worded].map((of) => new Set(of.map(({ subjectId }) => subjectId)).size);
  expect((some ?? 0) / (all ?? 0)).toBeGreaterThan(0.5);
});
