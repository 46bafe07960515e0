import type { PayloadOf } from '@marquee/events';
import { PrismaClient } from '@marquee/prisma-feed';
import type { Caller, OpenOptions, ServiceRequest } from '@marquee/subgraph';
import { type Harness, type HarnessOptions, openHarness } from '@marquee/testkit/harness';
import { expect } from 'vitest';

import { subgraph } from '../src/subgraph.ts';

export { userCaller as user } from '@marquee/testkit/harness';

export const ANONYMOUS: Caller = { kind: 'anonymous' };
const HOUR_MS = 60 * 60_000;

/** Answers of other subgraphs; by default nothing is sponsored, everybody reads English, and catalog is empty. */
export interface Others {
  ads: (variables: { cityId: string; viewerKey: string; slots: number }) => unknown;
  accounts: (variables: { ids: string[] }) => unknown;
  catalog: (variables: { after: string | null }, query: string) => unknown;
}

const usualOthers = (): Others => ({
  ads: () => ({ adPlacements: [] }),
  accounts: ({ ids }) => ({ people: ids.map(() => ({ locale: null })) }),
  catalog: () => ({ page: [] }),
});

const FEED = `query ($cityId: ID!, $near: GeoPointInput, $locale: String, $first: Int, $after: String, $items: Int) {
  homeFeed(cityId: $cityId, near: $near, locale: $locale) {
    sections(first: $first, after: $after) {
      edges { node { kind title items(first: $items) {
        __typename
        ... on TitleCard { reason title { id } nextShow { id } }
        ... on SponsoredCard { impressionToken headline imageUrl title { id } }
      } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

interface Item {
  readonly __typename: 'TitleCard' | 'SponsoredCard';
  readonly reason?: string;
  readonly title: { readonly id: string };
  readonly nextShow?: { readonly id: string };
}

interface Feed {
  readonly sections: {
    readonly edges: readonly {
      readonly node: { readonly kind: string; readonly title: string; readonly items: readonly Item[] };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

interface ShowOptions {
  readonly hours?: number;
  readonly venueId?: string;
  readonly salesOpenAt?: string | null;
}

/** The subgraph with a world to fill by events. Its consumer is not started. */
export async function openFeed(options: Partial<HarnessOptions> = {}) {
  const others = usualOthers();
  const calls: OpenOptions['calls'] = {
    query: async <Data>(asked: string, { variables, query }: ServiceRequest) =>
      (await others[asked as keyof Others](variables as never, query)) as Data,
  };
  const harness = await openHarness(subgraph, PrismaClient, { start: false, calls, ...options });
  return { ...harness, ...worldOf(harness), others };
}

function worldOf({ deliver, execute }: Harness<PrismaClient>) {
  const answer = (cityCode: string, caller: Caller = ANONYMOUS, variables: Record<string, unknown> = {}) =>
    execute(FEED, caller, { cityId: `cty_${cityCode}`, ...variables });
  const feedOf = async (...asked: Parameters<typeof answer>): Promise<Feed> => {
    const { data, errors } = await answer(...asked);
    expect(errors).toBeUndefined();
    return (data as unknown as { homeFeed: Feed }).homeFeed;
  };
  const venue = (venueId: string, cityCode: string, [latitude, longitude] = [51.5, -0.1]) =>
    deliver('catalog.venue-changed', {
      ...{ venueId, version: 0, name: `Venue ${venueId}` },
      facts: {
        ...{ cityCode, cityName: `City ${cityCode}`, country: 'United Kingdom', countryCode: 'GB', address: 'Road 1' },
        ...{ timeZone: 'Europe/London', latitude: latitude ?? 0, longitude: longitude ?? 0, amenities: [] },
        organisationId: 'org_1',
      },
    });
  const show = (id: string, titleId: string, change: ShowOptions = {}) =>
    deliver('catalog.shows-scheduled', scheduled(id, titleId, change));
  return {
    ...{ answer, feedOf, venue, show },
    /** The sections with the ids of their titles. */
    titlesOf: async (...asked: Parameters<typeof answer>): Promise<Record<string, string[]>> => {
      const { sections } = await feedOf(...asked);
      return Object.fromEntries(sections.edges.map(({ node }) => [node.kind, node.items.map(({ title }) => title.id)]));
    },
    /** A city with so many titles, each with a show: `<city>_shw_1` of `ttl_<city>_1`, and so on. */
    city: async (code: string, titles: number): Promise<void> => {
      await venue(`ven_${code}`, code);
      for (let each = 1; each <= titles; each += 1) await show(`${code}_shw_${each}`, `ttl_${code}_${each}`);
    },
    title: (titleId: string, genre = 'Drama', version = 0) =>
      deliver('catalog.title-changed', {
        ...{ titleId, version, name: `Title ${titleId}` },
        facts: {
          ...{ kind: 'MOVIE', description: '', genres: [genre], languages: [], durationMinutes: 90, ageRating: null },
          ...{ releaseDate: null, director: null, performers: [], posterUrl: null },
        },
      }),
    rating: (subjectId: string, stars: number) =>
      deliver('ratings.rating-changed', {
        ...{ subject: 'TITLE', subjectId, version: 1, count: 10, average: stars, score: stars },
      }),
    availability: (showId: string, soldOut: boolean) =>
      deliver('booking.show-availability-changed', { showId, soldOut }),
    book: (customerId: string, titleId: string, showId: string) =>
      deliver('booking.confirmed', {
        ...{ bookingId: 'lon_bkg_1', previousStatus: 'PENDING_PAYMENT', customerId, showId, titleId, seats: [] },
        ...{ titleName: 'Title', venueName: 'Venue', startsAt: inHours(24), timeZone: 'Europe/London' },
        ...{ total: { amount: 1, currency: 'GBP' }, paymentId: 'pay_1' },
      }),
    /** Each looks at the title once. */
    look: (titleId: string, cityCode: string, userIds: readonly string[], suspicious = false) =>
      deliver('activity.visits-recorded', {
        visits: userIds.map((userId, each) => ({
          ...{
            eventId: `${titleId}_${userId}`,
            kind: 'TITLE_VIEW',
            userId,
            visitorId: `vis_${each}`,
            titleId,
            cityCode,
          },
          ...{ at: new Date().toISOString(), suspicious },
        })),
      }),
    chooseSeats: (customerId: string, showId: string) =>
      deliver('booking.hold-ended', {
        ...{ holdId: 'lon_hld_1', customerId, showId, seats: 2, heldSeconds: 60, outcome: 'EXPIRED' },
      }),
  };
}

export const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

/** One show, tomorrow by default. Its id begins with its city. */
function scheduled(id: string, titleId: string, change: ShowOptions): PayloadOf<'catalog.shows-scheduled'> {
  const cityCode = id.slice(0, 3);
  const { hours = 24, venueId = `ven_${cityCode}`, salesOpenAt = null } = change;
  return {
    ...{ cityCode, timeZone: 'Europe/London', country: 'GB', layoutId: 'lay_1', salesOpenAt, language: '', format: '' },
    screen: { id: 'scr_1', name: 'Screen 1' },
    venue: { id: venueId, name: `Venue ${venueId}`, organisationId: 'org_1' },
    title: { id: titleId, name: `Title ${titleId}`, kind: 'MOVIE' },
    ...{ cancellationTiers: [], maxSeatsPerCustomer: null, transferable: true, admissionsPerMinute: null },
    shows: [{ id, startsAt: inHours(hours), endsAt: inHours(hours + 2), highDemand: false, tiers: [] }],
  };
}
