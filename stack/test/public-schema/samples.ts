import { randomUUID } from 'node:crypto';
import type { Marketplace } from '../marketplace.ts';
import { actor, dataOf } from './actor.ts';
import type { SampleFor } from './routes.ts';

const SHOW = `query ($id: ID!) {
  show(id: $id) {
    title { id } venue { id city { id } screens { id } } priceTiers { id name }
    seatMap { sections { rows { seats { id } } } }
  }
}`;

interface Show {
  title: { id: string };
  venue: { id: string; city: { id: string }; screens: { id: string }[] };
  priceTiers: { id: string; name: string }[];
  seatMap: { sections: { rows: { seats: { id: string }[] }[] }[] };
}

/** Values of arguments and input fields, by name, or by field and name such as `venue.id`. */
export type Samples = Readonly<Record<string, unknown>>;

/** Values that work in a marketplace. */
export async function marketplaceSamples({ endpoint, showId }: Marketplace): Promise<Samples> {
  const { title, venue, priceTiers, seatMap } = await dataOf<Show>(actor(endpoint), 'show', SHOW, { id: showId });
  return {
    'show.id': showId,
    'title.id': title.id,
    'venue.id': venue.id,
    'city.id': venue.city.id,
    'organisation.id': 'org_seed_partner',
    'requestPayout.organisationId': 'org_seed_partner',
    slug: 'the-rialto',
    country: 'NL',
    showId,
    titleId: title.id,
    venueId: venue.id,
    cityId: venue.city.id,
    screenId: venue.screens[0]?.id,
    tierId: priceTiers[0]?.id,
    tierName: priceTiers[0]?.name,
    seatIds: seatMap.sections[0]?.rows[0]?.seats[0]?.id,
    startsAt: new Date(Date.now() + 14 * 24 * 60 * 60 * 1_000).toISOString(),
    currency: 'GBP',
    cardToken: 'tok_visa',
    email: 'nobody@marquee.test',
    code: '123456',
    search: '',
    'search.text': 'fargo',
    'searchSuggestions.prefix': 'far',
    'eventFunnel.from': new Date(Date.now() - 24 * 60 * 60 * 1_000).toISOString(),
    'eventFunnel.to': new Date().toISOString(),
    'eventFunnel.steps': 'title_view',
    minutes: 1,
  };
}

/** Looks up samples; an idempotency key is a new one each time. */
export function samplesFor(samples: Samples): SampleFor {
  return (field) => (name) => {
    if (name === 'idempotencyKey') return randomUUID();
    return samples[`${field.name}.${name}`] ?? samples[name];
  };
}
