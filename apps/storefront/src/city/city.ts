import { useQuery } from '@apollo/client/react';
import { useCallback, useSyncExternalStore } from 'react';

import { CitiesDocument } from '../generated/graphql.ts';

const KEY = 'marquee.city';
const listeners = new Set<() => void>();

/** The city whose programme is shown: the one chosen in this browser, else the first of all. */
export function useCity() {
  const chosen = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => localStorage.getItem(KEY),
  );
  const { data } = useQuery(CitiesDocument, { variables: { search: null, near: null } });
  const cities = data?.cities?.edges.map(({ node }) => node) ?? [];
  const choose = useCallback((id: string) => {
    localStorage.setItem(KEY, id);
    for (const listener of listeners) listener();
  }, []);
  const city = cities.find(({ id }) => id === chosen) ?? cities[0];
  return { cityId: chosen ?? city?.id, city, cities, choose };
}
