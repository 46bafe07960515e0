import { audited, type NewEvent } from '@marquee/events';

import type { SeatLayout } from '../domain/seat-layout.ts';
import type { ChangedShow, Show } from '../domain/show.ts';
import type { ScreenInVenue, ShowBatch } from '../domain/show-batch.ts';
import type { TitleWithFacts, VenueWithFacts } from '../domain/facts.ts';
import { newEvent } from '../emits.ts';

/** The entry of the audit log for a change of the catalog. @param detail the code's words, ids and numbers */
export function catalogAudited(
  actorId: string,
  action: `${string}.${string}`,
  subject: { readonly subjectType: 'Venue' | 'Title' | 'Show'; readonly subjectId: string },
  detail: string | null = null,
): NewEvent {
  return audited('catalog', { ...subject, actorId, action, detail });
}

/** The seats of a screen. Keyed by screen like the shows on it, so that consumers receive it before them. */
export function layoutPublished(layout: SeatLayout, cityCode: string): NewEvent {
  const { id: layoutId, screenId, sections } = layout;
  return newEvent('catalog.layout-published', screenId, { layoutId, screenId, cityCode, sections });
}

/** New shows of one title on one screen. */
export function showsScheduled({ screen, title, shows, ...terms }: ShowBatch): NewEvent {
  const { venue, city } = screen;
  const {
    cancellationTiers,
    highDemand,
    maxSeatsPerCustomer,
    transferable,
    salesOpenAt,
    admissionsPerMinute,
    language,
    format,
  } = terms;
  return newEvent('catalog.shows-scheduled', screen.id, {
    cityCode: city.code,
    timeZone: city.timeZone,
    country: city.countryCode,
    layoutId: screen.layoutId,
    screen: { id: screen.id, name: screen.name },
    venue: { id: venue.id, name: venue.name, organisationId: venue.organisationId },
    title: { id: title.id, name: title.name, kind: title.kind },
    cancellationTiers,
    maxSeatsPerCustomer,
    transferable,
    language,
    format,
    salesOpenAt: salesOpenAt.toISOString(),
    admissionsPerMinute,
    shows: shows.map(({ id, startsAt, endsAt, tiers }) => ({
      id,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      highDemand,
      tiers,
    })),
  });
}

/** A show as it is now. */
export function showChanged(screen: ScreenInVenue, show: ChangedShow, version: number): NewEvent {
  const { id: showId, cityCode, startsAt, endsAt, tiers, highDemand } = show;
  return newEvent('catalog.show-changed', showId, {
    ...{ showId, version, cityCode, highDemand, tiers },
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    layoutId: show.layoutId,
    screen: { id: screen.id, name: screen.name },
  });
}

export function showCancelled({ id: showId, cityCode }: Show, reason: string): NewEvent {
  return newEvent('catalog.show-cancelled', showId, { showId, cityCode, reason });
}

export function venueChanged(venue: VenueWithFacts): NewEvent {
  return newEvent('catalog.venue-changed', venue.venueId, venue);
}

export function titleChanged(title: TitleWithFacts): NewEvent {
  return newEvent('catalog.title-changed', title.titleId, title);
}
