import type { SqlTransaction } from '@marquee/database';
import { imagineMarketplace, simulate } from '@marquee/traffic';

import { FeedRepository } from '../src/adapters/feeds.ts';
import { InterestRepository, type Visit } from '../src/adapters/interests.ts';
import { PROGRESS, type Suggestion } from '../src/domain/taste.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const VISITS_A_BATCH = 2_000;
/** Titles of a feed that are judged. */
const AT = 12;
/** Viewers with fewer titles say nothing of their taste. */
const LEAST_HISTORY = 3;

export interface HeldOutSettings {
  readonly seed: number;
  readonly people: number;
  /** Days that suggestions are made from, and those after them, which are predicted. */
  readonly days: number;
  readonly heldOutDays: number;
  readonly titles: number;
  readonly sessionsPerWeek: number;
  /** Viewers who are judged, at most. */
  readonly judged: number;
}

export interface Recall {
  /** The share of the new titles of a viewer that are among the first twelve suggested to them, on average. */
  readonly suggested: number;
  /** The same of the twelve titles that most people have looked at. */
  readonly popular: number;
  /** The same of what is suggested to somebody else: the control. */
  readonly strangers: number;
}

/** Somebody whose later visits are predicted. */
interface Judged {
  readonly viewer: string;
  readonly known: ReadonlySet<string>;
  /** The titles that are new to them later. */
  readonly news: ReadonlySet<string>;
}

/** Records the simulated visits of some days, and predicts which titles people look at in the days after. */
export async function recallOfHeldOut(sql: SqlTransaction, settings: HeldOutSettings): Promise<Recall> {
  const { known, later, titleIds } = visitsOf(settings);
  const interests = new InterestRepository(sql);
  for (let start = 0; start < known.length; start += VISITS_A_BATCH)
    await interests.record(known.slice(start, start + VISITS_A_BATCH));
  const judged = judgedOf(known, later).slice(0, settings.judged);
  const popular = byPopularity(known);
  const feeds = new FeedRepository(sql);
  const suggestions: (readonly Suggestion[])[] = [];
  for (const { viewer } of judged) suggestions.push(await feeds.suggestions(viewer, titleIds, AT));
  const suggestedTo = (person: number): string[] => (suggestions.at(person) ?? []).map(({ titleId }) => titleId);
  const recall = (choose: (person: number, of: Judged) => readonly string[]): number =>
    judged.reduce((sum, of, person) => sum + recallOf(choose(person, of), of), 0) / judged.length;
  return {
    suggested: recall(suggestedTo),
    popular: recall((_person, of) => popular.filter((titleId) => !of.known.has(titleId)).slice(0, AT)),
    strangers: recall((person) => suggestedTo(person - 1)),
  };
}

function judgedOf(known: readonly Visit[], later: readonly Visit[]): Judged[] {
  const history = titlesByViewer(known);
  return [...titlesByViewer(later)].flatMap(([viewer, titles]) => {
    const own = history.get(viewer) ?? new Set();
    const news = without(titles, own);
    return own.size >= LEAST_HISTORY && news.size > 0 ? [{ viewer, known: own, news }] : [];
  });
}

const recallOf = (titleIds: readonly string[], { news }: Judged): number =>
  titleIds.filter((titleId) => news.has(titleId)).length / news.size;

/** The elements of one set that the other lacks. */
const without = (titles: ReadonlySet<string>, known: ReadonlySet<string>): Set<string> =>
  new Set([...titles].filter((titleId) => !known.has(titleId)));

function visitsOf({ seed, people, days, heldOutDays, titles, sessionsPerWeek }: HeldOutSettings) {
  const all = days + heldOutDays;
  const from = new Date(Date.now() - all * DAY_MS);
  const marketplace = imagineMarketplace({ seed, from, days: all, titles });
  const visits: Visit[] = [];
  for (const { type, at, payload } of simulate({
    seed,
    from,
    days: all,
    marketplace,
    people,
    sessionsPerWeek,
    crowdShare: 0,
  })) {
    if (type !== 'tracked' || payload.name !== 'title_view' || payload.titleId === null) continue;
    const { userId, visitorId, titleId, cityCode } = payload;
    const viewerId = userId ?? visitorId;
    visits.push({
      viewerId,
      titleId,
      cityCode,
      showId: null,
      progress: PROGRESS.LOOKED,
      at: new Date(at).toISOString(),
    });
  }
  const until = new Date(from.getTime() + days * DAY_MS).toISOString();
  return {
    known: visits.filter(({ at }) => at < until),
    later: visits.filter(({ at }) => at >= until),
    titleIds: marketplace.titles.map(({ id }) => id),
  };
}

function titlesByViewer(visits: readonly Visit[]): Map<string, Set<string>> {
  const titles = new Map<string, Set<string>>();
  for (const { viewerId, titleId } of visits) {
    if (titleId === null) continue;
    titles.set(viewerId, (titles.get(viewerId) ?? new Set()).add(titleId));
  }
  return titles;
}

function byPopularity(visits: readonly Visit[]): string[] {
  const viewers = new Map<string, number>();
  for (const titles of titlesByViewer(visits).values())
    for (const titleId of titles) viewers.set(titleId, (viewers.get(titleId) ?? 0) + 1);
  return [...viewers].toSorted(([, a], [, b]) => b - a).map(([titleId]) => titleId);
}
