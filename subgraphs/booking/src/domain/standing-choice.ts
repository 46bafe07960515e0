import type { SeatLayout } from './seat-layout.ts';
import { newStandingPlaces } from './standing-place.ts';

export interface StandingRequest {
  readonly quantity: number;
  /** Only sections of the price tier with this name; all when undefined. */
  readonly tierName: string | undefined;
  /** Free places by the name of the section. */
  readonly free: ReadonlyMap<string, number>;
}

/**
 * New standing places: together in the first section that has enough, else spread over as few as possible.
 *
 * @returns null when too few are free
 */
export function standingPlaces(layout: SeatLayout, { quantity, tierName, free }: StandingRequest): string[] | null {
  const sections = layout.sections.flatMap(({ name, standingCapacity, ...section }, index) =>
    standingCapacity && (tierName === undefined || section.tierName === tierName)
      ? [{ index, free: free.get(name) ?? 0 }]
      : [],
  );
  const enough = sections.find((section) => section.free >= quantity);
  if (enough) return newStandingPlaces(layout.id, enough.index, quantity);
  const places: string[] = [];
  for (const section of sections.toSorted((a, b) => b.free - a.free)) {
    const count = Math.min(section.free, quantity - places.length);
    places.push(...newStandingPlaces(layout.id, section.index, count));
  }
  return places.length === quantity ? places : null;
}
