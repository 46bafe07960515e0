import type { Candidate, GeoPoint, UpcomingShow } from '../candidates.ts';
import { centreOf, kilometresBetween } from '../distance.ts';
import type { Section, TitleCard } from '../section.ts';
import type { FeedMaterial } from './material.ts';
import { byHeat } from './order.ts';

/** Venues this near to each other count as one, whose titles are ordered by heat. */
const STEP_KM = 0.5;

interface Origin {
  readonly placeKind: 'VIEWER' | 'VENUE' | 'CENTRE';
  readonly place: string;
  readonly point: GeoPoint;
  /** The venue that it is. */
  readonly venueId?: string;
}

interface Placed {
  readonly candidate: Candidate;
  readonly show: UpcomingShow;
  readonly kilometres: number;
}

/** The venues of a city whose place is known, by id. */
type Venues = ReadonlyMap<string, { readonly name: string; readonly location: GeoPoint }>;

/** The titles shown nearest to where the viewer is, else to the venue of their last seats, else to the city's centre. */
export function rankNear(material: FeedMaterial): Section<TitleCard> {
  const { city, saleable } = material;
  const venues = venuesOf(material.candidates);
  const origin = originOf(material, venues);
  const distances = new Map(
    [...venues].map(([id, { location }]) => [id, origin ? kilometresBetween(origin.point, location) : Infinity]),
  );
  const placed = saleable.flatMap((each) => nearestShow(each, distances) ?? []);
  const steps = ({ kilometres }: Placed): number => Math.round(kilometres / STEP_KM);
  const from = { placeKind: origin?.placeKind ?? 'CENTRE', place: origin?.place ?? city.cityName } as const;
  const cards = placed
    .toSorted((a, b) => steps(a) - steps(b) || byHeat(a.candidate, b.candidate))
    .map(({ candidate: { titleId }, show: { id: showId, venueId, venueName }, kilometres }) => ({
      ...{ titleId, showId },
      reason:
        venueId === origin?.venueId
          ? ({ key: 'knownVenue', values: { venueName } } as const)
          : ({ key: 'near', values: { ...from, kilometres, venueName } } as const),
    }));
  return { kind: 'NEAR', heading: { key: 'headNear', values: from }, cards };
}

function originOf({ city, taste, near }: FeedMaterial, venues: Venues): Origin | null {
  const place = city.cityName;
  if (near) return { placeKind: 'VIEWER', place, point: near };
  const venueId = taste.lastVenueId;
  const last = venueId === null ? undefined : venues.get(venueId);
  if (last && venueId !== null) return { placeKind: 'VENUE', place: last.name, point: last.location, venueId };
  const point = centreOf([...venues.values()].map(({ location }) => location));
  return point && { placeKind: 'CENTRE', place, point };
}

function venuesOf(candidates: readonly Candidate[]): Venues {
  const venues = new Map<string, { name: string; location: GeoPoint }>();
  for (const { shows } of candidates)
    for (const { venueId, venueName: name, location } of shows)
      if (location && !venues.has(venueId)) venues.set(venueId, { name, location });
  return venues;
}

/** The show at the nearest of a title's venues; null when no place is known. */
function nearestShow(candidate: Candidate, distances: ReadonlyMap<string, number>): Placed | null {
  let nearest: Placed | null = null;
  for (const show of candidate.shows) {
    const kilometres = distances.get(show.venueId) ?? Infinity;
    if (kilometres < (nearest?.kilometres ?? Infinity)) nearest = { candidate, show, kilometres };
  }
  return nearest;
}
