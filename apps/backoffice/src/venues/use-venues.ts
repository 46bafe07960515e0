import { useQuery } from '@apollo/client/react';
import { useCallback, useSyncExternalStore } from 'react';

import { MyVenuesDocument, type MyVenuesQuery } from '../generated/graphql.ts';

export type MyVenue = NonNullable<NonNullable<MyVenuesQuery['viewer']>['venues']>['edges'][number]['node'];

const KEY = 'marquee.backoffice.venue';
const listeners = new Set<() => void>();

/** The venues of the person's organisations, and the one that they work on. */
export function useVenues() {
  const { data, loading, error, refetch } = useQuery(MyVenuesDocument, { variables: { first: 100, after: null } });
  const chosen = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => localStorage.getItem(KEY),
  );
  const choose = useCallback((id: string) => {
    localStorage.setItem(KEY, id);
    for (const listener of listeners) listener();
  }, []);
  const venues = data?.viewer?.venues?.edges.map(({ node }) => node) ?? [];
  const venue = venues.find(({ id }) => id === chosen) ?? venues[0];
  return { venues, venue, choose, isLoading: loading && !data, error, retry: () => void refetch() };
}
