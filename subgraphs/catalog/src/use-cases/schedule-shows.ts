import { badInput, notFound } from '@marquee/errors';

import { ScreenConflictError } from '../errors.ts';
import { type Actor, assertManages } from '../domain/actor.ts';
import { cancellationTiers, type CancellationTier, STANDARD_CANCELLATION } from '../domain/cancellation-policy.ts';
import type { NewShow, Screens, ShowBatch, Shows, Titles } from '../domain/ports.ts';
import { priceTiers, type TierPrice } from '../domain/price-tiers.ts';
import { cheapest, type Show, tierIdOf } from '../domain/show.ts';
import { plainText } from '../domain/text.ts';

export interface ScheduleShowsDeps {
  readonly titles: Pick<Titles, 'withIds'>;
  readonly screens: Pick<Screens, 'stage'>;
  readonly shows: Pick<Shows, 'schedule'>;
  readonly newShowId: (cityCode: string) => string;
  readonly now: () => Date;
}

export interface ScheduleShowsInput {
  readonly titleId: string;
  readonly screenId: string;
  readonly startsAt: readonly Date[];
  readonly language: string;
  readonly format: string;
  readonly tierPrices: readonly TierPrice[];
  readonly cancellationPolicy?: { readonly tiers: readonly CancellationTier[] } | null | undefined;
  readonly highDemand?: boolean | null | undefined;
}

const MAX_SHOWS = 100;
const MINUTE_MS = 60_000;
/** How long a screen is kept free behind a show. */
export const CLEANING_MINUTES = 15;

/**
 * Schedules shows of a title on a screen, all or none, and puts them on sale.
 *
 * That the screen is free is not looked up first: the database's exclusion constraint decides, so that of two who
 * want the same time one gets it.
 *
 * @returns the shows by start
 * @throws {ScreenConflictError} when another show has the screen at one of the times
 * @throws {CodedError} BAD_USER_INPUT naming the field, NOT_FOUND for an unknown title or screen, FORBIDDEN when the
 *   venue is somebody else's
 */
export async function scheduleShows(
  deps: ScheduleShowsDeps,
  actor: Actor,
  input: ScheduleShowsInput,
): Promise<readonly Show[]> {
  const now = deps.now();
  const starts = startTimes(input.startsAt, now);
  const terms = {
    language: plainText('input.language', input.language, 40),
    format: plainText('input.format', input.format, 40),
    cancellationTiers: policyOf(input),
    highDemand: input.highDemand ?? false,
    salesOpenAt: now,
  };
  const [[title], stage] = await Promise.all([
    deps.titles.withIds([input.titleId]),
    deps.screens.stage(input.screenId),
  ]);
  if (!title) throw notFound('title');
  if (!stage) throw notFound('screen');
  assertManages(actor, stage.venue);
  const prices = priceTiers('input.tierPrices', input.tierPrices, stage.tierNames, stage.city.currency);
  assertApart(starts, title.durationMinutes);
  const shows = starts.map((startsAt) => {
    const id = deps.newShowId(stage.city.code);
    const tiers = prices.map((tier, index) => ({ ...tier, id: tierIdOf(id, index) }));
    return { id, tiers, ...timesOf(startsAt, title.durationMinutes) };
  });
  const batch: ShowBatch = { stage, title, ...terms, shows };
  const conflicting = await deps.shows.schedule(batch);
  if (conflicting) throw new ScreenConflictError(conflicting);
  return showsOf(batch);
}

/** When a show that starts then is over, and when the screen is free again. */
export function timesOf(
  startsAt: Date,
  durationMinutes: number,
): Pick<NewShow, 'startsAt' | 'endsAt' | 'screenFreeAt'> {
  const endsAt = new Date(startsAt.getTime() + durationMinutes * MINUTE_MS);
  return { startsAt, endsAt, screenFreeAt: new Date(endsAt.getTime() + CLEANING_MINUTES * MINUTE_MS) };
}

function startTimes(given: readonly Date[], now: Date): Date[] {
  const field = 'input.startsAt';
  if (given.length < 1 || given.length > MAX_SHOWS) throw badInput(field, `Give 1 to ${MAX_SHOWS} times.`);
  const past = given.findIndex((start) => start <= now);
  if (past >= 0) throw badInput(`${field}.${past}`, 'A show starts in the future.');
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + 5);
  const far = given.findIndex((start) => start > latest);
  if (far >= 0) throw badInput(`${field}.${far}`, 'A show starts within five years.');
  return given.toSorted((a, b) => a.getTime() - b.getTime());
}

function policyOf({ cancellationPolicy }: ScheduleShowsInput): readonly CancellationTier[] {
  if (!cancellationPolicy) return STANDARD_CANCELLATION;
  return cancellationTiers('input.cancellationPolicy.tiers', cancellationPolicy.tiers);
}

function assertApart(starts: readonly Date[], durationMinutes: number): void {
  const apartMs = (durationMinutes + CLEANING_MINUTES) * MINUTE_MS;
  const tooSoon = starts.some((start, index) => {
    const previous = starts[index - 1];
    return previous !== undefined && start.getTime() - previous.getTime() < apartMs;
  });
  if (tooSoon) {
    const needed = `${durationMinutes} minutes and ${CLEANING_MINUTES} for cleaning`;
    throw badInput('input.startsAt', `Two of the shows overlap: each takes ${needed}.`);
  }
}

function showsOf({ stage, title, shows, ...terms }: ShowBatch): Show[] {
  const { venue, screen, city } = stage;
  return shows.map(({ screenFreeAt: _screenFreeAt, ...show }) => ({
    ...terms,
    ...show,
    cityCode: city.code,
    titleId: title.id,
    venueId: venue.id,
    screenId: screen.id,
    priceFrom: cheapest(show.tiers),
    soldOut: false,
    cancelled: false,
  }));
}
