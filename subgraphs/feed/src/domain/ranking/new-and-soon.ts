import type { Candidate, CityCandidates } from '../candidates.ts';
import type { FeedMessage } from '../messages.ts';
import { isOnSale } from '../rules.ts';
import type { Section, TitleCard } from '../section.ts';
import type { FeedMaterial } from './material.ts';
import { byRating, cardOf } from './order.ts';

/** A title is new for so long after its first show in the city. */
const NEW_MS = 14 * 24 * 60 * 60 * 1_000;

/** Titles still to come, the soonest first, before those that came lately, the latest first. The only section with titles that are not on sale yet. */
export function rankNewAndSoon({ city, candidates, now }: FeedMaterial): Section<TitleCard> {
  const isToCome = ({ premiereAt }: Candidate): boolean => premiereAt > now;
  const distance = ({ premiereAt }: Candidate): number => Math.abs(premiereAt - now);
  const cards = candidates
    .filter(({ premiereAt }) => now - premiereAt < NEW_MS)
    .toSorted((a, b) => Number(isToCome(b)) - Number(isToCome(a)) || distance(a) - distance(b) || byRating(a, b))
    .map((candidate) => cardOf(candidate, newsOf(candidate, city, now)));
  return { kind: 'NEW_AND_SOON', heading: { key: 'headNewAndSoon', values: {} }, cards };
}

function newsOf(candidate: Candidate, { cityName, timeZone }: CityCandidates, now: number): FeedMessage {
  const { premiereAt, shows } = candidate;
  const [next] = shows;
  const dayOf = (at: number) => ({ at: new Date(at).toISOString(), timeZone });
  if (next.salesOpenAt !== null && !isOnSale(next, now)) {
    return { key: 'onSaleFrom', values: { day: dayOf(next.salesOpenAt) } };
  }
  if (premiereAt > now) return { key: 'firstShow', values: { day: dayOf(premiereAt) } };
  return { key: 'isNew', values: { cityName } };
}
