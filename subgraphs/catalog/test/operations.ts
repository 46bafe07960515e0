import type { Caller } from '@marquee/subgraph';
import { expect } from 'vitest';

import { partner, type CatalogHarness } from './harness.ts';

export const CREATE_VENUE = `mutation($input: CreateVenueInput!) { result: createVenue(input: $input) {
  __typename
  ... on CreateVenuePayload { venue { id name city { id name } amenities screens { id name capacity } } }
  ... on VenueExistsError { existingVenue { id } }
  ... on UserError { message }
} }`;

export const CREATE_TITLE = `mutation($input: CreateTitleInput!) { result: createTitle(input: $input) {
  __typename
  ... on CreateTitlePayload { title { __typename id name } }
  ... on TitleExistsError { existingTitle { id } }
  ... on UserError { message }
} }`;

export const SCHEDULE_SHOWS = `mutation($input: ScheduleShowsInput!) { result: scheduleShows(input: $input) {
  __typename
  ... on ScheduleShowsPayload { shows {
    id startsAt endsAt salesOpenAt language format status highDemand transferable
    priceFrom { amount currency } priceTiers { id name price { amount currency } }
    cancellationPolicy { summary tiers { hoursBefore refundPercent } }
    screen { id } venue { id } title { id }
  } }
  ... on ScreenConflictError { conflictingShow { id startsAt } }
  ... on UserError { message }
} }`;

export interface ShowResult {
  readonly id: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly priceTiers: readonly { readonly id: string; readonly name: string }[];
}

/** Any result of the mutations above. */
export interface MutationResult {
  readonly __typename: string;
  readonly message: string;
  readonly venue: {
    readonly id: string;
    readonly name: string;
    readonly screens: readonly { readonly id: string; readonly name: string; readonly capacity: number }[];
  };
  readonly title: { readonly __typename: string; readonly id: string; readonly name: string };
  readonly shows: readonly ShowResult[];
  readonly conflictingShow: { readonly id: string };
}

/** The mutation's result. Fails on errors outside the result union. */
export async function mutate(
  harness: CatalogHarness,
  query: string,
  input: object,
  caller: Caller,
): Promise<MutationResult> {
  const { data, errors } = await harness.execute(query, caller, { input });
  expect(errors).toBeUndefined();
  return data?.['result'] as MutationResult;
}

export const venueInput = (change: object = {}) => ({
  name: 'The Electric',
  cityId: 'cty_lon',
  address: '191 Portobello Road, London',
  location: { latitude: 51.515, longitude: -0.205 },
  amenities: ['Bar', 'Step-free access'],
  screens: [
    {
      name: 'Screen 1',
      sections: [
        {
          name: 'Stalls',
          tierName: 'Standard',
          rows: [
            { label: 'A', seatCount: 4, accessibleSeats: [1, 4] },
            { label: 'B', seatCount: 6 },
          ],
        },
        { name: 'Balcony', tierName: 'Premium', rows: [{ label: 'C', seatCount: 5 }] },
      ],
    },
    { name: 'Studio', sections: [{ name: 'Hall', tierName: 'Standard', rows: [{ label: 'A', seatCount: 20 }] }] },
  ],
  ...change,
});

export const titleInput = (change: object = {}) => ({
  kind: 'MOVIE',
  name: 'Metropolis',
  description: 'A city of two heights.',
  languages: ['German', 'English'],
  genres: ['Science Fiction'],
  durationMinutes: 150,
  ageRating: 'PG',
  releaseDate: '1927-01-10',
  director: 'Fritz Lang',
  ...change,
});

export const scheduleInput = (titleId: string, screenId: string, change: object = {}) => ({
  titleId,
  screenId,
  startsAt: ['2027-03-05T19:30:00.000Z'],
  language: 'German',
  format: '2D',
  tierPrices: [
    { tierName: 'Premium', price: { amount: 1_800, currency: 'GBP' } },
    { tierName: 'Standard', price: { amount: 1_200, currency: 'GBP' } },
  ],
  ...change,
});

/** A partner, their venue with two screens in London, and a film. */
export async function createFixture(harness: CatalogHarness, change: object = {}) {
  const owner = partner();
  const { venue } = await mutate(harness, CREATE_VENUE, venueInput(change), owner);
  const { title } = await mutate(harness, CREATE_TITLE, titleInput({ releaseDate: null }), owner);
  const [screen, studio] = venue.screens;
  if (!screen || !studio) throw new Error('The venue has two screens');
  return { owner, venue, title, screen, studio };
}

export type Fixture = Awaited<ReturnType<typeof createFixture>>;

/** Schedules shows and expects success. */
export async function schedule(
  harness: CatalogHarness,
  fixture: Fixture,
  startsAt: readonly string[],
  change: object = {},
) {
  const input = scheduleInput(fixture.title.id, fixture.screen.id, { startsAt, ...change });
  const { shows } = await mutate(harness, SCHEDULE_SHOWS, input, fixture.owner);
  expect(shows).toHaveLength(startsAt.length);
  return shows;
}
