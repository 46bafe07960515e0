import { skipToken, useQuery } from '@apollo/client/react';

import { ShowDetailsDocument } from '../generated/graphql.ts';
import { addDays } from '../time/dates.ts';
import { useToday } from '../time/use-today.ts';
import { knownTiers } from '../venues/known-tiers.ts';
import type { MyVenue } from '../venues/use-venues.ts';
import { priceText, type PriceDraft } from './prices.ts';
import { useSchedule } from './use-schedule.ts';

const DAYS_BACK = 30;
const DAYS_AHEAD = 30;

/** The price tiers of a screen with their prices, as its latest show had them or as they were drawn; undefined where neither is known. */
export function useTiers(venue: MyVenue, screenId: string | undefined) {
  const today = useToday(venue.city.timeZone);
  const { shows, isLoading } = useSchedule(venue.id, addDays(today, -DAYS_BACK), addDays(today, DAYS_AHEAD));
  const latest = shows.findLast(({ screen }) => screen.id === screenId);
  const { data, loading } = useQuery(ShowDetailsDocument, latest ? { variables: { showId: latest.id } } : skipToken);
  const tiers: readonly PriceDraft[] | undefined = data?.show?.priceTiers.map(({ name, price }) => ({
    tierName: name,
    price: priceText(price),
  }));
  const made = screenId === undefined ? undefined : knownTiers(screenId);
  return {
    tiers: tiers ?? made?.map((tierName) => ({ tierName, price: '' })),
    latest: data?.show,
    isLoading: (isLoading || loading) && !tiers,
  };
}
