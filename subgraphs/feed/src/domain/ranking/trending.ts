import type { Section, TitleCard } from '../section.ts';
import type { FeedMaterial } from './material.ts';
import { byHeat, cardOf, usualReason } from './order.ts';

/** Titles that the city looks at and books these days; before anybody does, the best rated. */
export function rankTrending({ city, saleable }: FeedMaterial): Section<TitleCard> {
  const values = { cityName: city.cityName };
  const cards = saleable
    .toSorted(byHeat)
    .map((each) => cardOf(each, each.heat === null ? usualReason(each, city) : { key: 'trending', values }));
  return { kind: 'TRENDING', heading: { key: 'headTrending', values }, cards };
}
