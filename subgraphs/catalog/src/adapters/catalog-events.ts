import type { NewEvent } from '@marquee/events';

import type { SeatLayout } from '../domain/seat-layout.ts';
import type { ShowBatch } from '../domain/show-batch.ts';
import type { Title } from '../domain/title.ts';
import type { Venue } from '../domain/venue.ts';
import { newEvent } from '../emits.ts';

/** The seats of a screen. Keyed by screen like the shows on it, so that consumers receive it before them. */
export function layoutPublished(layout: SeatLayout, cityCode: string): NewEvent {
  const { id: layoutId, screenId, sections } = layout;
  return newEvent('catalog.layout-published', screenId, { layoutId, screenId, cityCode, sections });
}

/** New shows of one title on one screen. */
export function showsScheduled({ screen, title, cancellationTiers, highDemand, shows }: ShowBatch): NewEvent {
  const { venue, city } = screen;
  return newEvent('catalog.shows-scheduled', screen.id, {
    cityCode: city.code,
    timeZone: city.timeZone,
    layoutId: screen.layoutId,
    screen: { id: screen.id, name: screen.name },
    venue: { id: venue.id, name: venue.name, ownerId: venue.ownerId },
    title: { id: title.id, name: title.name, kind: title.kind },
    cancellationTiers,
    shows: shows.map(({ id, startsAt, endsAt, tiers }) => ({
      id,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      highDemand,
      tiers,
    })),
  });
}

export function venueChanged({ id: venueId, name }: Pick<Venue, 'id' | 'name'>): NewEvent {
  return newEvent('catalog.venue-changed', venueId, { venueId, name });
}

export function titleChanged({ id: titleId, name }: Pick<Title, 'id' | 'name'>): NewEvent {
  return newEvent('catalog.title-changed', titleId, { titleId, name });
}
