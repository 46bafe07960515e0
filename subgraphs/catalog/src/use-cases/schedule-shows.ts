import { notFound } from '@marquee/errors';
import type { Caller } from '@marquee/subgraph';
import { newCityId } from '@marquee/subgraph/ids';

import { type ManagerDeps, requireManager } from '../access.ts';
import { cancellationTiers, type CancellationTier, STANDARD_CANCELLATION } from '../domain/cancellation-policy.ts';
import type { Screens, Shows, Titles } from '../domain/ports.ts';
import { priceTiers, type TierPrice } from '../domain/price-tiers.ts';
import { assertNoOverlap, salesOpening, screeningTimes, startTimes } from '../domain/screening-times.ts';
import { admissionRate, customerLimit, newTierId, type Show } from '../domain/show.ts';
import { type NewShow, type ScreenInVenue, type ShowBatch, showsOf } from '../domain/show-batch.ts';
import { plainText } from '../domain/text.ts';
import type { Title } from '../domain/title.ts';
import { ScreenConflictError } from '../errors.ts';

export interface ScheduleShowsDeps extends ManagerDeps {
  readonly titles: Pick<Titles, 'findMany'>;
  readonly screens: Screens;
  readonly shows: Shows;
  readonly now: () => Date;
}

export interface ScheduleShowsInput {
  readonly caller: Caller;
  readonly titleId: string;
  readonly screenId: string;
  readonly startsAt: readonly Date[];
  readonly language: string;
  readonly format: string;
  readonly tierPrices: readonly TierPrice[];
  readonly cancellationPolicy?: { readonly tiers: readonly CancellationTier[] } | null | undefined;
  readonly highDemand?: boolean | null | undefined;
  readonly maxSeatsPerCustomer?: number | null | undefined;
  readonly transferable?: boolean | null | undefined;
  readonly salesOpenAt?: Date | null | undefined;
  readonly admissionsPerMinute?: number | null | undefined;
}

/**
 * Schedules shows of a title on a screen, all or none, and puts them on sale, at once or when their sales open.
 *
 * Overlaps are refused by the database's exclusion constraint, not by a look-up before: of two requests for the same
 * time exactly one succeeds.
 *
 * @returns the shows by start
 * @throws {ScreenConflictError} when another show occupies the screen at one of the times
 * @throws {CodedError} BAD_USER_INPUT naming the field, NOT_FOUND for an unknown title or screen, FORBIDDEN when the
 *   caller does not manage the venue
 */
export async function scheduleShows(deps: ScheduleShowsDeps, input: ScheduleShowsInput): Promise<readonly Show[]> {
  const now = deps.now();
  const starts = startTimes('input.startsAt', input.startsAt, now);
  const terms = termsOf(input, starts, now);
  const { title, screen } = await titleAndScreen(deps, input);
  const by = await requireManager(deps, input.caller, screen.venue);
  const prices = priceTiers('input.tierPrices', input.tierPrices, screen.tierNames, screen.city.currency);
  assertNoOverlap('input.startsAt', starts, title.durationMinutes);
  const shows = starts.map((startsAt): NewShow => {
    const id = newCityId(screen.city.code, 'shw');
    const tiers = prices.map((tier, index) => ({ ...tier, id: newTierId(id, index) }));
    return { id, tiers, ...screeningTimes(startsAt, title.durationMinutes) };
  });
  const batch: ShowBatch = { screen, title, ...terms, shows };
  const conflicting = await deps.shows.schedule(batch, by);
  if (conflicting) throw new ScreenConflictError(conflicting);
  return showsOf(batch);
}

function termsOf(input: ScheduleShowsInput, starts: readonly Date[], now: Date) {
  const { cancellationPolicy: policy } = input;
  return {
    language: plainText('input.language', input.language, 40),
    format: plainText('input.format', input.format, 40),
    cancellationTiers: policy
      ? cancellationTiers('input.cancellationPolicy.tiers', policy.tiers)
      : STANDARD_CANCELLATION,
    highDemand: input.highDemand ?? false,
    maxSeatsPerCustomer: customerLimit('input.maxSeatsPerCustomer', input.maxSeatsPerCustomer ?? null),
    transferable: input.transferable ?? true,
    admissionsPerMinute: admissionRate('input.admissionsPerMinute', input.admissionsPerMinute ?? null),
    salesOpenAt: salesOpening('input.salesOpenAt', input.salesOpenAt ?? now, starts),
  };
}

/** @throws {CodedError} NOT_FOUND */
async function titleAndScreen(
  { titles, screens }: Pick<ScheduleShowsDeps, 'titles' | 'screens'>,
  { titleId, screenId }: ScheduleShowsInput,
): Promise<{ title: Title; screen: ScreenInVenue }> {
  const [[title], screen] = await Promise.all([titles.findMany([titleId]), screens.inVenue(screenId)]);
  if (!title) throw notFound('title');
  if (!screen) throw notFound('screen');
  return { title, screen };
}
