import { expect, test } from 'vitest';

import type { Candidate } from './candidates.ts';
import { centreOf, kilometresBetween } from './distance.ts';
import { dealTitles, mixIn, placesIn } from './presentation.ts';
import { rankSections } from './ranking/index.ts';
import { onSale, withoutPast } from './rules.ts';
import type { Section, SectionKind, TitleCard } from './section.ts';
import { NO_TASTE, PROGRESS } from './taste.ts';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const HOUR = 60 * 60_000;
const reason = { key: 'looked', values: {} } as const;

const show = (id: string, startsAt: number, salesOpenAt: number | null = null) => ({
  ...{ id, venueId: 'ven_1', venueName: 'Odeon', location: null, startsAt, salesOpenAt },
});
const candidate = (titleId: string, change: Partial<Candidate> = {}): Candidate => ({
  ...{ titleId, name: titleId, genres: ['Drama'], score: null, average: null, heat: null, premiereAt: NOW - HOUR },
  shows: [show(`shw_${titleId}`, NOW + HOUR)],
  ...change,
});
const section = (kind: SectionKind, titles: string): Section<TitleCard> => ({
  ...{ kind, heading: { key: 'headContinue', values: {} } },
  cards: [...titles].map((titleId) => ({ titleId, showId: `shw_${titleId}`, reason })),
});
const titlesOf = ({ cards }: { readonly cards: readonly { readonly titleId: string }[] }) =>
  cards.map(({ titleId }) => titleId).join('');
const sponsored = (titleId: string) => ({ titleId, impressionToken: titleId, headline: '', imageUrl: '' });

test('sections take turns, so that each title is once and a small city fills all of them', () => {
  const dealt = dealTitles([section('SUGGESTED', 'abcdef'), section('TRENDING', 'abcdef'), section('NEAR', 'fab')]);
  expect(dealt.map(titlesOf)).toEqual(['ace', 'bd', 'f']);
});

test('a section has twelve titles at most, and one without any is left out', () => {
  const dealt = dealTitles([section('SUGGESTED', 'abcdefghijklmnop'), section('TRENDING', '')]);
  expect(dealt.map(titlesOf)).toEqual(['abcdefghijkl']);
});

test('a sponsored card stands fourth, in sections that have three of their own', () => {
  const page = [section('CONTINUE', 'abcd'), section('SUGGESTED', 'efg'), section('TRENDING', 'hi')];
  expect(placesIn(page)).toBe(1);
  const mixed = mixIn([...page, section('NEAR', 'jklm')], [sponsored('x'), sponsored('l')], new Set());
  expect(mixed.map(titlesOf)).toEqual(['abcd', 'efgx', 'hi', 'jkml']);
});

test('a sponsored title is once on the page, and not when another page has it', () => {
  const page = [section('SUGGESTED', 'abcd'), section('TRENDING', 'efgh')];
  const mixed = mixIn(page, [sponsored('y'), sponsored('f'), sponsored('f')], new Set('y'));
  expect(mixed.map(titlesOf)).toEqual(['abcfd', 'egh']);
});

test('a show that has started, or is not on sale, is no show; a title without any is left out', () => {
  const shows = [show('past', NOW), show('next', NOW + HOUR)] as const;
  expect(withoutPast([candidate('a', { shows }), candidate('b', { shows: [shows[0]] })], NOW)).toMatchObject([
    { titleId: 'a', shows: [{ id: 'next' }] },
  ]);
  expect(onSale(candidate('a', { shows: [show('later', NOW + HOUR, NOW + 1)] }), NOW)).toBeNull();
});

test('genres take turns for whoever is new, each by its rating', () => {
  const [a, b, c] = [
    candidate('a', { score: 5 }),
    candidate('b', { score: 4.5 }),
    candidate('c', { score: 4, genres: ['Comedy'] }),
  ];
  const material = {
    city: { cityName: 'Oslo', timeZone: 'UTC', titles: [] },
    candidates: [a, b, c],
    saleable: [a, b, c],
    taste: NO_TASTE,
  };
  const [, suggested] = rankSections({ ...material, near: null, now: NOW });
  expect(suggested && titlesOf(suggested)).toBe('acb');
});

test('what was booked, or left two weeks ago, is nothing to continue; seats come first', () => {
  const interest = (titleId: string, progress: 1 | 2 | 3 | 4, hours: number) => ({
    titleId,
    progress,
    lastAt: NOW - hours * HOUR,
  });
  const interests = [
    ...[interest('a', PROGRESS.BOOKED, 1), interest('b', PROGRESS.LOOKED, 2), interest('c', PROGRESS.CHOSE_SEATS, 50)],
    interest('d', PROGRESS.LOOKED, 15 * 24),
  ];
  const material = { city: { cityName: 'Oslo', timeZone: 'UTC', titles: [] }, near: null, now: NOW };
  const candidates = [...'abcd'].map((id) => candidate(id));
  const [toContinue, suggested] = rankSections({
    ...material,
    candidates,
    saleable: candidates,
    taste: { ...NO_TASTE, interests },
  });
  expect(toContinue && titlesOf(toContinue)).toBe('cb');
  expect(suggested && titlesOf(suggested)).toBe('');
});

test('distances are those on the globe', () => {
  const [london, paris] = [
    { latitude: 51.5074, longitude: -0.1278 },
    { latitude: 48.8566, longitude: 2.3522 },
  ];
  expect(kilometresBetween(london, paris)).toBeCloseTo(343.6, 0);
  expect(centreOf([])).toBeNull();
});
