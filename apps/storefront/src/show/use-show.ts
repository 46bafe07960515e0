import { useQuery } from '@apollo/client/react';

import { ShowSaleDocument, type ShowSaleQuery } from '../generated/graphql.ts';

export type ShowOnSale = NonNullable<ShowSaleQuery['show']>;
export type Tier = ShowOnSale['priceTiers'][number];

/** A show as it is sold: where, when, what, and at which prices. */
export function useShow(showId: string) {
  const { data, error, loading, refetch } = useQuery(ShowSaleDocument, { variables: { showId } });
  return { show: data?.show ?? undefined, isMissing: data?.show === null && !error, error, loading, refetch };
}
