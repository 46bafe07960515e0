import { skipToken, useQuery } from '@apollo/client/react';

import { ScreenTiersDocument, ShowDetailsDocument } from '../generated/graphql.ts';
import { addDays } from '../time/dates.ts';
import { useToday } from '../time/use-today.ts';
import type { MyVenue } from '../venues/use-venues.ts';
import { priceText, type PriceDraft } from './prices.ts';
import { useSchedule } from './use-schedule.ts';

const DAYS_BACK = 30;
const DAYS_AHEAD = 30;

/** The price tiers of a screen, at the prices of its latest show. */
export function useTiers(venue: MyVenue, screenId: string | undefined) {
  const today = useToday(venue.city.timeZone);
  const schedule = useSchedule(venue.id, addDays(today, -DAYS_BACK), addDays(today, DAYS_AHEAD));
  const latest = schedule.shows.findLast(({ screen }) => screen.id === screenId);
  const details = useQuery(ShowDetailsDocument, latest ? { variables: { showId: latest.id } } : skipToken);
  const screens = useQuery(ScreenTiersDocument, { variables: { venueId: venue.id } });
  const screen = screens.data?.venue?.screens.find(({ id }) => id === screenId);
  const priced = details.data?.show?.priceTiers;
  const isLoading = schedule.isLoading || details.loading || screens.loading;
  const tiers: readonly PriceDraft[] = (screen?.tierNames ?? []).map((tierName) => {
    const price = priced?.find(({ name }) => name === tierName)?.price;
    return { tierName, price: price ? priceText(price) : '' };
  });
  return { tiers: isLoading ? [] : tiers, latest: details.data?.show, error: screens.error, retry: screens.refetch };
}
