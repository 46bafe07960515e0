import type { CityCandidates, GeoPoint } from '../domain/candidates.ts';
import type { Cache, Feeds, FeedVersions, FindLanguage } from '../domain/ports.ts';
import type { FeedMaterial } from '../domain/ranking/index.ts';
import { allOnSale, withoutPast } from '../domain/rules.ts';
import { NO_TASTE, type Taste } from '../domain/taste.ts';

export interface HydrateFeedDeps {
  readonly feeds: Feeds;
  readonly cities: Cache<CityCandidates>;
  readonly tastes: Cache<Taste>;
  readonly findLanguage: FindLanguage;
  /** Whether an error says that the database is away. */
  readonly isOutage: (error: unknown) => boolean;
  readonly now: () => Date;
}

export interface HydrateFeedInput {
  readonly cityCode: string;
  /** Null for whoever is not signed in. */
  readonly userId: string | null;
  readonly near: GeoPoint | null;
}

/**
 * All that a feed is made of; null for a city that is not known. What is cached is used when nothing has changed since.
 * While the database is away, the last that is kept is good enough.
 */
export async function hydrateFeed(deps: HydrateFeedDeps, input: HydrateFeedInput): Promise<FeedMaterial | null> {
  const { cityCode, userId, near } = input;
  const { feeds, cities, tastes, findLanguage } = deps;
  const versions = await versionsOf(deps, input);
  if (versions === null) return null;
  const city = await cities.read(cityCode, versions.city, () => feeds.candidates(cityCode));
  const loadTaste = async (of: string): Promise<Taste> => {
    const titleIds = city.titles.map(({ titleId }) => titleId);
    const [taste, language] = await Promise.all([feeds.taste({ cityCode, userId: of }, titleIds), findLanguage(of)]);
    return { ...taste, language };
  };
  const taste =
    userId === null ? NO_TASTE : await tastes.read(`${cityCode}:${userId}`, versions.taste, () => loadTaste(userId));
  const now = deps.now().getTime();
  const candidates = withoutPast(city.titles, now);
  return { city, candidates, saleable: allOnSale(candidates, now), taste, near, now };
}

type Unknown = { readonly [Part in keyof FeedVersions]: null };

async function versionsOf(
  { feeds, isOutage }: HydrateFeedDeps,
  key: HydrateFeedInput,
): Promise<FeedVersions | Unknown | null> {
  try {
    return await feeds.versions(key);
  } catch (error) {
    if (!isOutage(error)) throw error;
    return { city: null, taste: null };
  }
}
