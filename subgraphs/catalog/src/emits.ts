import {
  code,
  eventMaker,
  id,
  instant,
  money,
  personalData,
  publicFact,
  publicName,
  timeZone,
  type PayloadsOf,
} from '@marquee/events';
import { z } from 'zod';

const titleKind = z.enum(['MOVIE', 'LIVE_EVENT']);

const layoutSeat = z.object({ id, number: z.int(), accessible: z.boolean() });
const layoutRow = z.object({ label: publicName, seats: z.array(layoutSeat).readonly() });
const layoutSection = z.object({
  name: publicName,
  tierName: publicName,
  rows: z.array(layoutRow).readonly(),
  /** Places of a section where people stand, which has no rows; null for one with seats. */
  standingCapacity: z.int().nullable().default(null),
});

/** Grows with each change: a late event with an older one is overtaken. */
const version = z.int();

const priceTier = z.object({ id, name: publicName, price: money });
const scheduledShow = z.object({
  id,
  startsAt: instant,
  endsAt: instant,
  highDemand: z.boolean(),
  tiers: z.array(priceTier).readonly(),
});

const reason = personalData({
  what: "what the venue's partner tells the customers of a cancelled show",
  readBy: ['booking'],
  keptFor: 'as long as the show',
});

const text = publicFact(z.string());

/** A title as people look for it. */
const titleFacts = z.object({
  kind: titleKind,
  description: text,
  genres: z.array(text).readonly(),
  languages: z.array(text).readonly(),
  durationMinutes: z.int(),
  ageRating: text.nullable(),
  /** Such as `2027-01-31`. */
  releaseDate: publicFact(z.iso.date()).nullable(),
  director: publicName.nullable(),
  performers: z.array(publicName).readonly(),
  posterUrl: text.nullable(),
});

/** A venue as people look for it. */
const venueFacts = z.object({
  cityCode: code,
  cityName: publicName,
  country: publicName,
  countryCode: code,
  timeZone,
  latitude: publicFact(z.number()),
  longitude: publicFact(z.number()),
  address: text,
  amenities: z.array(text).readonly(),
  organisationId: id,
});

/** Events of catalog. */
export const emits = {
  /** Keyed by the screen's id. Seat ids are unique over all layouts. */
  'catalog.layout-published': z.object({
    layoutId: id,
    screenId: id,
    cityCode: code,
    sections: z.array(layoutSection).readonly(),
  }),
  /** Keyed by the screen's id. */
  'catalog.shows-scheduled': z.object({
    cityCode: code,
    timeZone,
    /** ISO 3166-1 alpha-2. */
    country: code.default('ZZ'),
    layoutId: id,
    screen: z.object({ id, name: publicName }),
    venue: z.object({ id, name: publicName, organisationId: id }),
    title: z.object({ id, name: publicName, kind: titleKind }),
    cancellationTiers: z.array(z.object({ hoursBefore: z.number(), refundPercent: z.int() })).readonly(),
    /** Null for booking's default. */
    maxSeatsPerCustomer: z.int().nullable().default(null),
    transferable: z.boolean().default(true),
    /** The language and the format of the shows; empty in older events. */
    language: publicName.default(''),
    format: publicName.default(''),
    /** When sales open; null in events of before, whose shows are on sale. */
    salesOpenAt: instant.nullable().default(null),
    /** How many people the waiting rooms of shows in high demand admit a minute; null for booking's default. */
    admissionsPerMinute: z.int().nullable().default(null),
    shows: z.array(scheduledShow).readonly(),
  }),
  /** The show as it is now. Keyed by the show's id, so it may be received before the event that scheduled the show. */
  'catalog.show-changed': scheduledShow
    .omit({ id: true })
    .extend({ showId: id, version, cityCode: code, layoutId: id, screen: z.object({ id, name: publicName }) }),
  /** Keyed by the show's id. The reason is for customers. */
  'catalog.show-cancelled': z.object({ showId: id, cityCode: code, reason }),
  /** A venue was created, with version 0, or changed. Keyed by the venue's id. The facts are null in older events. */
  'catalog.venue-changed': z.object({
    ...{ venueId: id, version, name: publicName },
    facts: venueFacts.nullable().default(null),
  }),
  /** A title was created, with version 0, or changed. Keyed by the title's id. The facts are null in older events. */
  'catalog.title-changed': z.object({
    ...{ titleId: id, version, name: publicName },
    facts: titleFacts.nullable().default(null),
  }),
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}

export const newEvent = eventMaker(emits);
