import type { Section, TitleCard } from '../section.ts';
import { type Interest, PROGRESS } from '../taste.ts';
import type { FeedMaterial } from './material.ts';
import { cardOf } from './order.ts';

/** Titles looked at longer ago are nothing to continue. */
const CONTINUE_MS = 14 * 24 * 60 * 60 * 1_000;

const REASONS = {
  [PROGRESS.LOOKED]: 'looked',
  [PROGRESS.LOOKED_AT_SHOWS]: 'lookedAtShows',
  [PROGRESS.CHOSE_SEATS]: 'choseSeats',
} as const;

/** Where the viewer left: first what they chose seats of, then what they looked at, the latest first. */
export function rankToContinue({ saleable, taste, now }: FeedMaterial): Section<TitleCard> {
  const byId = new Map(saleable.map((candidate) => [candidate.titleId, candidate]));
  const left = taste.interests.filter(({ lastAt }) => now - lastAt < CONTINUE_MS);
  const cards = left.toSorted(chosenFirst).flatMap(({ titleId, progress }) => {
    const candidate = byId.get(titleId);
    return candidate && progress !== PROGRESS.BOOKED ? [cardOf(candidate, { key: REASONS[progress], values: {} })] : [];
  });
  return { kind: 'CONTINUE', heading: { key: 'headContinue', values: {} }, cards };
}

function chosenFirst(a: Interest, b: Interest): number {
  const chosen = ({ progress }: Interest): number => Number(progress === PROGRESS.CHOSE_SEATS);
  return chosen(b) - chosen(a) || b.lastAt - a.lastAt;
}
