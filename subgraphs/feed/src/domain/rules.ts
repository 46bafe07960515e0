import type { Candidate, UpcomingShow } from './candidates.ts';

/** The candidates without shows that have started since they were loaded, and without titles that have no other. */
export function withoutPast(candidates: readonly Candidate[], now: number): Candidate[] {
  return candidates.flatMap((candidate) => {
    const [first, ...rest] = candidate.shows.filter(({ startsAt }) => startsAt > now);
    return first ? [{ ...candidate, shows: [first, ...rest] }] : [];
  });
}

export function isOnSale({ salesOpenAt }: UpcomingShow, now: number): boolean {
  return salesOpenAt === null || salesOpenAt <= now;
}

/** The title with its shows on sale alone; null when none is. */
export function onSale(candidate: Candidate, now: number): Candidate | null {
  const [first, ...rest] = candidate.shows.filter((show) => isOnSale(show, now));
  return first ? { ...candidate, shows: [first, ...rest] } : null;
}

/** The titles that are on sale, with those shows alone. */
export const allOnSale = (candidates: readonly Candidate[], now: number): Candidate[] =>
  candidates.flatMap((candidate) => onSale(candidate, now) ?? []);
