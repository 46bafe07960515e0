import { eventMaker, id, instant, money, timeZone, type PayloadsOf } from '@marquee/events';
import { z } from 'zod';

const titleKind = z.enum(['MOVIE', 'LIVE_EVENT']);

const layoutSeat = z.object({ id, number: z.int(), accessible: z.boolean() });
const layoutRow = z.object({ label: z.string(), seats: z.array(layoutSeat).readonly() });
const layoutSection = z.object({ name: z.string(), tierName: z.string(), rows: z.array(layoutRow).readonly() });

/** Grows with each change: a late event with an older one is overtaken. */
const version = z.int();

const priceTier = z.object({ id, name: z.string(), price: money });
const scheduledShow = z.object({
  id,
  startsAt: instant,
  endsAt: instant,
  highDemand: z.boolean(),
  tiers: z.array(priceTier).readonly(),
});

/** Events of catalog. */
export const emits = {
  /** Keyed by the screen's id. Seat ids are unique over all layouts. */
  'catalog.layout-published': z.object({
    layoutId: id,
    screenId: id,
    cityCode: z.string(),
    sections: z.array(layoutSection).readonly(),
  }),
  /** Keyed by the screen's id. */
  'catalog.shows-scheduled': z.object({
    cityCode: z.string(),
    timeZone,
    layoutId: id,
    screen: z.object({ id, name: z.string() }),
    venue: z.object({ id, name: z.string(), ownerId: id }),
    title: z.object({ id, name: z.string(), kind: titleKind }),
    cancellationTiers: z.array(z.object({ hoursBefore: z.number(), refundPercent: z.int() })).readonly(),
    shows: z.array(scheduledShow).readonly(),
  }),
  /** The show as it is now. Keyed by the show's id, so it may be received before the event that scheduled the show. */
  'catalog.show-changed': scheduledShow
    .omit({ id: true })
    .extend({ showId: id, version, cityCode: z.string(), layoutId: id, screen: z.object({ id, name: z.string() }) }),
  /** Keyed by the show's id. The reason is for customers. */
  'catalog.show-cancelled': z.object({ showId: id, cityCode: z.string(), reason: z.string() }),
  /** Keyed by the venue's id. */
  'catalog.venue-changed': z.object({ venueId: id, version, name: z.string() }),
  /** Keyed by the title's id. */
  'catalog.title-changed': z.object({ titleId: id, version, name: z.string() }),
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}

export const newEvent = eventMaker(emits);
