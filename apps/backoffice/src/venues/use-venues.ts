import { useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';

import { useWho } from '../frame/who.tsx';
import { WorkVenuesDocument, type WorkVenuesQuery } from '../generated/graphql.ts';

export type MyVenue = NonNullable<NonNullable<WorkVenuesQuery['viewer']>['venues']>['edges'][number]['node'];

const KEY = 'marquee.backoffice.venue';
const listeners = new Set<() => void>();

/** All venues of the organisation that the person works for, and the one that they work on. */
export function useVenues() {
  const { organisation } = useWho();
  // Several parts of a page ask at once, and a first page that is read again would hide the others from them.
  const { data, loading, error, refetch, fetchMore } = useQuery(WorkVenuesDocument, {
    variables: { organisationId: organisation?.id ?? null, first: 100, after: null },
    fetchPolicy: 'cache-first',
  });
  const [problem, setProblem] = useState<Error>();
  const page = data?.viewer?.venues;
  const next = page?.pageInfo.hasNextPage && problem === undefined ? page.pageInfo.endCursor : null;
  useEffect(() => {
    if (next !== null) void fetchMore({ variables: { after: next } }).catch(setProblem);
  }, [next, fetchMore]);
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
  const venues = page?.edges.map(({ node }) => node) ?? [];
  const isLoading = (loading && !data) || next !== null;
  // The chosen venue may be on a page that is still to come.
  const venue = venues.find(({ id }) => id === chosen) ?? (isLoading ? undefined : venues[0]);
  const retry = (): void => {
    setProblem(undefined);
    void refetch();
  };
  return { venues, venue, choose, isLoading, error: error ?? problem, retry };
}
