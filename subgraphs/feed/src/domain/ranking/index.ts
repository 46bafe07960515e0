import type { Section, TitleCard } from '../section.ts';
import { rankToContinue } from './continue.ts';
import type { FeedMaterial } from './material.ts';
import { rankNear } from './near.ts';
import { rankNewAndSoon } from './new-and-soon.ts';
import { rankSuggested } from './suggested.ts';
import { rankTrending } from './trending.ts';

export type { FeedMaterial } from './material.ts';

const RANKINGS = [rankToContinue, rankSuggested, rankTrending, rankNewAndSoon, rankNear];

/** All that each section would like to have, in the order of sections. */
export const rankSections = (material: FeedMaterial): Section<TitleCard>[] => RANKINGS.map((rank) => rank(material));
