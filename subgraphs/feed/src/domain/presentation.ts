import { type Card, type Section, SECTION_SIZE, type SponsoredCard, type TitleCard } from './section.ts';

/**
 * Sections in which each title is once.
 *
 * They take turns, each taking the best title that nobody has: so a city with few titles fills all of them a little
 * instead of the first alone.
 */
export function dealTitles(rankings: readonly Section<TitleCard>[]): Section<TitleCard>[] {
  const taken = new Set<string>();
  const hands = rankings.map(({ cards, ...section }) => ({
    section,
    waiting: cards.values(),
    cards: [] as TitleCard[],
  }));
  for (let round = 0; round < SECTION_SIZE; round += 1)
    for (const { waiting, cards } of hands) {
      const card = nextUntaken(waiting, taken);
      if (card) cards.push(card);
    }
  return hands.flatMap(({ section, cards }) => (cards.length > 0 ? [{ ...section, cards }] : []));
}

function nextUntaken(waiting: Iterator<TitleCard>, taken: Set<string>): TitleCard | undefined {
  for (let next = waiting.next(); !next.done; next = waiting.next())
    if (!taken.has(next.value.titleId)) {
      taken.add(next.value.titleId);
      return next.value;
    }
  return undefined;
}

/** Where a sponsored card stands: the fourth of these sections. */
const SPONSORED = { kinds: ['SUGGESTED', 'TRENDING', 'NEAR'], position: 3 } as const;

const hasPlace = ({ kind, cards }: Section): boolean =>
  SPONSORED.kinds.some((each) => each === kind) && cards.length >= SPONSORED.position;

/** The number of sponsored cards that sections have a place for. */
export const placesIn = (sections: readonly Section[]): number => sections.filter(hasPlace).length;

/**
 * Puts sponsored cards at their places. A title is still once in the feed: its own card gives way to the sponsored one
 * on the same page; one that is on another page, or a second for a title, is left out.
 */
export function mixIn(
  page: readonly Section[],
  sponsored: readonly SponsoredCard[],
  elsewhere: ReadonlySet<string>,
): Section[] {
  const first = new Map(sponsored.toReversed().map((card) => [card.titleId, card]));
  const shown = sponsored.filter((card) => first.get(card.titleId) === card && !elsewhere.has(card.titleId));
  const places = page.filter(hasPlace).map(({ kind }) => kind);
  const placed = new Map(places.flatMap((kind, place) => (shown[place] ? [[kind, shown[place]] as const] : [])));
  const titles = new Set([...placed.values()].map(({ titleId }) => titleId));
  return page.map((section) => {
    const cards: Card[] = section.cards.filter(({ titleId }) => !titles.has(titleId));
    const card = placed.get(section.kind);
    return { ...section, cards: card ? cards.toSpliced(SPONSORED.position, 0, card) : cards };
  });
}
