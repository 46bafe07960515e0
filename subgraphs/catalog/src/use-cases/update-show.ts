import { badInput, notFound } from '@marquee/errors';
import type { Caller } from '@marquee/subgraph';

import type { CountDemand } from '../domain/ports.ts';
import { priceTiers, type TierPrice } from '../domain/price-tiers.ts';
import { assertStartTime, screeningTimes } from '../domain/screening-times.ts';
import type { ScreenInVenue } from '../domain/show-batch.ts';
import { type ChangedShow, isUpcoming, newTierId, type PriceTier, type Show } from '../domain/show.ts';
import { ScreenConflictError, ShowNotUpcomingError } from '../errors.ts';
import { type ManagedShowDeps, requireManagedShow } from './require-managed-show.ts';

const MINUTE_MS = 60_000;

export interface UpdateShowDeps extends ManagedShowDeps {
  readonly countDemand: CountDemand;
}

export interface UpdateShowInput {
  readonly caller: Caller;
  readonly showId: string;
  readonly startsAt?: Date | null | undefined;
  readonly screenId?: string | null | undefined;
  readonly tierPrices?: readonly TierPrice[] | null | undefined;
  readonly highDemand?: boolean | null | undefined;
}

/** A changed show, and the number of bookings whose customers are notified of a new time. */
interface UpdatedShow {
  readonly show: Show;
  readonly affectedBookings: number;
}

/**
 * Moves a show, or changes its prices. Fields that are left out stay as they are, or as a concurrent change leaves them.
 *
 * @throws {ScreenConflictError} when another show occupies the screen then
 * @throws {ShowNotUpcomingError} when the show has started or was cancelled
 * @throws {CodedError} BAD_USER_INPUT naming the field, NOT_FOUND, FORBIDDEN when the caller does not manage the venue
 */
export async function updateShow(deps: UpdateShowDeps, input: UpdateShowInput): Promise<UpdatedShow> {
  for (;;) {
    const updated = await tryToUpdate(deps, input);
    if (updated) return updated;
  }
}

/** @returns null when another change was faster */
async function tryToUpdate(deps: UpdateShowDeps, input: UpdateShowInput): Promise<UpdatedShow | null> {
  const { show, screen: current, by } = await requireManagedShow(deps, input.caller, input.showId);
  if (!isUpcoming(show, deps.now())) throw new ShowNotUpcomingError();
  const screen = await screenFor(deps, input, current);
  const change = changeOf(input, show, screen, deps.now());
  const moves = change.startsAt.getTime() !== show.startsAt.getTime();
  const leaves = screen.id !== current.id;
  const demand = moves || leaves ? await deps.countDemand(show.id) : { bookings: 0, takenSeats: 0 };
  if (leaves && demand.takenSeats > 0) throw seatsTaken();
  const refusal = await deps.shows.change(screen, change, by);
  if (refusal === 'OVERTAKEN') return null;
  if (refusal === 'NOT_UPCOMING') throw new ShowNotUpcomingError();
  if (refusal) throw new ScreenConflictError(refusal);
  const [changed = show] = await deps.shows.findMany([show.id]);
  return { show: changed, affectedBookings: moves ? demand.bookings : 0 };
}

/** The screen that the show is to be on. @throws {CodedError} NOT_FOUND, BAD_USER_INPUT for another venue's */
async function screenFor(
  { screens }: Pick<UpdateShowDeps, 'screens'>,
  { screenId }: UpdateShowInput,
  current: ScreenInVenue,
): Promise<ScreenInVenue> {
  if (screenId === null || screenId === undefined || screenId === current.id) return current;
  const screen = await screens.inVenue(screenId);
  if (!screen) throw notFound('screen');
  if (screen.venue.id !== current.venue.id) throw badInput('input.screenId', 'Choose a screen of the same venue.');
  return screen;
}

function changeOf(input: UpdateShowInput, show: Show, screen: ScreenInVenue, now: Date): ChangedShow {
  const startsAt = input.startsAt ?? show.startsAt;
  assertStartTime('input.startsAt', startsAt, now);
  const minutes = Math.round((show.endsAt.getTime() - show.startsAt.getTime()) / MINUTE_MS);
  return {
    ...{ id: show.id, cityCode: show.cityCode, version: show.version, screenId: screen.id },
    ...screeningTimes(startsAt, minutes),
    layoutId: screen.id === show.screenId ? show.layoutId : screen.layoutId,
    tiers: tiersFor(input, show, screen),
    highDemand: input.highDemand ?? show.highDemand,
  };
}

/** New prices, or the old ones; a tier keeps its id. */
function tiersFor({ tierPrices }: UpdateShowInput, { id, tiers }: Show, screen: ScreenInVenue): PriceTier[] {
  const given = tierPrices ?? tiers.map(({ name, price }) => ({ tierName: name, price }));
  const idOf = new Map(tiers.map((tier) => [tier.name, tier.id]));
  let next = tiers.length;
  return priceTiers('input.tierPrices', given, screen.tierNames, screen.city.currency).map((tier) => ({
    ...tier,
    id: idOf.get(tier.name) ?? newTierId(id, next++),
  }));
}

function seatsTaken(): Error {
  const message = 'Seats of this show are held or sold. Cancel it and schedule another on that screen.';
  return badInput('input.screenId', message);
}
