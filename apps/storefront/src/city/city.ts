import { skipToken, useQuery } from '@apollo/client/react';
import { useSyncExternalStore } from 'react';

import { CitiesDocument } from '../generated/graphql.ts';

/** A city, as far as pages depend on it. */
export interface ChosenCity {
  readonly id: string;
  readonly name: string;
  /** IANA name; the days of a programme are counted in it. */
  readonly timeZone: string;
}

const KEY = 'marquee.city';
const listeners = new Set<() => void>();
let known: { readonly text: string | null; readonly city: ChosenCity | undefined } | undefined;

function read(): ChosenCity | undefined {
  const text = localStorage.getItem(KEY);
  if (known?.text !== text) known = { text, city: parse(text) };
  return known?.city;
}

function parse(text: string | null): ChosenCity | undefined {
  try {
    return text === null ? undefined : (JSON.parse(text) as ChosenCity);
  } catch {
    return undefined;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

export function chooseCity({ id, name, timeZone }: ChosenCity): void {
  localStorage.setItem(KEY, JSON.stringify({ id, name, timeZone }));
  for (const listener of listeners) listener();
}

/** The city whose programme is shown: the one chosen in this browser, else one by whose clocks the browser lives. */
export function useCity() {
  const chosen = useSyncExternalStore(subscribe, read);
  const { data, error, refetch } = useQuery(
    CitiesDocument,
    chosen ? skipToken : { variables: { search: null, near: null } },
  );
  const cities = data?.cities.edges.map(({ node }) => node) ?? [];
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const city: ChosenCity | undefined = chosen ?? cities.find((one) => one.timeZone === timeZone) ?? cities[0];
  return { cityId: city?.id, city, choose: chooseCity, error, refetch };
}
