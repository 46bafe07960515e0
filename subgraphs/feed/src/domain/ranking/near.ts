import type { Candidate, GeoPoint, UpcomingShow } from '../candidates.ts';
import { centreOf, kilometresBetween } from '../distance.ts';
import { allOnSale } from '../rules.ts';
import type { Section, TitleCard } from '../section.ts';
import type { FeedMaterial } from './material.ts';
import { byHeat } from './order.ts';

/** Venues this near to each other count as one, whose titles are ordered by heat. */
const STEP_KM = 0.5;

interface Origin {
  readonly placeKind: 'VIEWER' | 'VENUE' | 'CENTRE';
  readonly place: string;
  readonly point: GeoPoint;
}

interface Placed {
  readonly candidate: Candidate;
  readonly show: UpcomingShow;
  readonly kilometres: number;
}

/** The titles shown nearest to where the viewer is, else to the venue of their last seats, else to the city's centre. */
export function rankNear(material: FeedMaterial): Section<TitleCard> {
  const { city, candidates, now } = material;
  const origin = originOf(material);
  const placed = origin ? allOnSale(candidates, now).flatMap((each) => nearestShow(each, origin.point)) : [];
  const steps = ({ kilometres }: Placed): number => Math.round(kilometres / STEP_KM);
  const from = { placeKind: origin?.placeKind ?? 'CENTRE', place: origin?.place ?? city.cityName } as const;
  const cards = placed
    .toSorted((a, b) => steps(a) - steps(b) || byHeat(a.candidate, b.candidate))
    .map(({ candidate: { titleId }, show: { id: showId, venueName }, kilometres }) => ({
      ...{ titleId, showId },
      reason: { key: 'near', values: { ...from, kilometres, venueName } } as const,
    }));
  return { kind: 'NEAR', heading: { key: 'headNear', values: from }, cards };
}

function originOf({ city, candidates, taste, near }: FeedMaterial): Origin | null {
  const place = city.cityName;
  if (near) return { placeKind: 'VIEWER', place, point: near };
  const shows = candidates.flatMap((candidate) => candidate.shows);
  const last = shows.find(({ venueId, location }) => venueId === taste.lastVenueId && location !== null);
  if (last?.location) return { placeKind: 'VENUE', place: last.venueName, point: last.location };
  const venues = new Map(shows.flatMap(({ venueId, location }) => (location ? [[venueId, location] as const] : [])));
  const point = centreOf([...venues.values()]);
  return point && { placeKind: 'CENTRE', place, point };
}

/** The show at the nearest of its venues whose place is known, if any. */
function nearestShow(candidate: Candidate, point: GeoPoint): Placed[] {
  const placed = candidate.shows.flatMap((show) =>
    show.location ? [{ candidate, show, kilometres: kilometresBetween(point, show.location) }] : [],
  );
  return placed.toSorted((a, b) => a.kilometres - b.kilometres).slice(0, 1);
}
