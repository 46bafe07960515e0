import { bestSeats, lastSeats } from '../domain/best-seats.ts';
import type { Shows } from '../domain/ports.ts';
import type { SeatLayout } from '../domain/seat-layout.ts';
import type { SeatRun } from '../domain/seat-runs.ts';
import type { SeatsInFlight } from '../domain/seats-in-flight.ts';
import type { Show } from '../domain/show.ts';
import { standingPlaces } from '../domain/standing-choice.ts';

export interface ChoosePlacesDeps {
  readonly shows: Pick<Shows, 'layout' | 'taken' | 'freeInSections'>;
  readonly seatsInFlight: SeatsInFlight;
  /** A number from 0 up to, but not including, 1. */
  readonly random: () => number;
}

export interface PlacesWanted {
  readonly quantity: number;
  readonly tierName: string | undefined;
  /** Whether one of them has to be a wheelchair place. */
  readonly accessible: boolean;
}

/** The seats of a show that were taken when they were read, and those that were lost to others since. */
export interface SeenSeats {
  readonly layout: SeatLayout;
  readonly taken: ReadonlySet<string>;
  /** How often places were lost since. */
  readonly losses: number;
}

/** Choices whose penalty is larger by less are as good as the best. It doubles with each lost race. */
const EQUALLY_GOOD = 0.5;
/** For each seat that this process is claiming, so many choices count as good: other processes may be as busy. */
const CHOICES_A_SEAT = 5;

export async function lookAtSeats({ shows }: Pick<ChoosePlacesDeps, 'shows'>, show: Show): Promise<SeenSeats> {
  const [layout, taken] = await Promise.all([shows.layout(show), shows.taken(show)]);
  return { layout, taken: new Set(taken.keys()), losses: 0 };
}

/** The seats as seen after a lost race, without reading them again. */
export function withLost({ layout, taken, losses }: SeenSeats, lost: readonly string[]): SeenSeats {
  return { layout, taken: new Set([...taken, ...lost]), losses: losses + 1 };
}

/**
 * Chooses places: the best seats, else standing places, else seats that are kept for wheelchairs. Those who ask at once
 * are spread over equally good choices.
 *
 * @returns null when too few are free
 */
export async function choosePlaces(
  deps: ChoosePlacesDeps,
  show: Show,
  seen: SeenSeats,
  wanted: PlacesWanted,
): Promise<readonly string[] | null> {
  const seats = among(deps, show, seen, (isFree) => bestSeats(seen.layout, { ...wanted, isFree }));
  if (seats || wanted.accessible) return seats;
  const standing = await chooseStanding(deps, show, seen.layout, wanted);
  return standing ?? among(deps, show, seen, (isFree) => lastSeats(seen.layout, { ...wanted, isFree }));
}

/** One of the choices among seats that nobody else is claiming; among all free ones when there is no other. */
function among(
  { seatsInFlight, random }: ChoosePlacesDeps,
  show: Show,
  { taken, losses }: SeenSeats,
  choicesOf: (isFree: (seatId: string) => boolean) => readonly SeatRun[],
): readonly string[] | null {
  const isFree = (id: string): boolean => !taken.has(id);
  const busy = seatsInFlight.of(show.id);
  const quiet = choicesOf((id) => isFree(id) && !busy.has(id));
  const choices = quiet.length > 0 ? quiet : choicesOf(isFree);
  const [best] = choices;
  if (!best) return null;
  const tolerance = EQUALLY_GOOD * 2 ** losses;
  const good = choices.filter(
    ({ penalty }, rank) => penalty < best.penalty + tolerance || rank < busy.size * CHOICES_A_SEAT,
  );
  return good[Math.floor(random() * good.length)]?.seatIds ?? best.seatIds;
}

async function chooseStanding(
  { shows }: ChoosePlacesDeps,
  show: Show,
  layout: SeatLayout,
  { quantity, tierName }: PlacesWanted,
): Promise<readonly string[] | null> {
  if (!layout.sections.some(({ standingCapacity }) => standingCapacity)) return null;
  const free = await shows.freeInSections([show.id]);
  const bySection = new Map(free.map((section) => [section.section, section.free]));
  return standingPlaces(layout, { quantity, tierName, free: bySection });
}
