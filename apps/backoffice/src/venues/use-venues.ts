import { useQuery } from '@apollo/client/react';
import { useCallback, useSyncExternalStore } from 'react';

import { useWho } from '../frame/who.tsx';
import { WorkVenuesDocument, type WorkVenuesQuery } from '../generated/graphql.ts';

export type MyVenue = NonNullable<NonNullable<WorkVenuesQuery['viewer']>['venues']>['edges'][number]['node'];

const KEY = 'marquee.backoffice.venue';
const listeners = new Set<() => void>();

/** The venues of the organisation that the person works for, and the one that they work on. */
export function useVenues() {
  const { organisation } = useWho();
  const { data, loading, error, refetch } = useQuery(WorkVenuesDocument, {
    variables: { organisationId: organisation?.id ?? null, first: 100, after: null },
  });
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
