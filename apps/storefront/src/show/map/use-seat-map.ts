import { useApolloClient } from '@apollo/client/react';
import { useLive } from '@marquee/app-kit/api';
import { useCallback, useEffect, useRef, useState } from 'react';

import {
  SeatMapChangedDocument,
  type SeatMapChangedSubscription,
  SeatMapChangedSinceDocument,
  SeatMapDocument,
  ShowSeatsDocument,
  StandingPlacesDocument,
} from '../../generated/graphql.ts';
import { type Hall, layOutHall, type SeatMapData } from './hall.ts';
import { SeatStore } from './seat-store.ts';

interface Loaded {
  readonly hall: Hall;
  readonly sections: SeatMapData['sections'];
}

const statuses = (sections: readonly { readonly rows: readonly { readonly seats: SeatStatuses }[] }[]) =>
  sections.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats));
type SeatStatuses = Parameters<SeatStore['load']>[1];

/**
 * The seats of a show as they are, kept up to date by events.
 *
 * It subscribes first and reads the map then, drops events that the map has, and reads it again when versions are missing.
 * Of one show for as long as the component is shown. After a lost connection it subscribes from the version that it has.
 */
export function useSeatMap(showId: string) {
  const client = useApolloClient();
  const [store] = useState(() => new SeatStore());
  const [loaded, setLoaded] = useState<Loaded | null>();
  const [error, setError] = useState<unknown>();
  const [since, setSince] = useState<number>();
  const isCatchUp = useRef(false);
  const { standingLeft, readStanding, setStanding } = useStanding(showId);

  const load = useCallback(async () => {
    const read = () => client.query({ query: ShowSeatsDocument, variables: { showId }, fetchPolicy: 'no-cache' });
    // Signing in cuts off what is being read.
    const { data, error: problem } = await read().catch(read);
    const map = data?.show?.seatMap;
    setError(problem);
    if (map) {
      store.load(map.version, statuses(map.sections));
      setStanding(map.sections);
      setLoaded({ hall: layOutHall(map.sections), sections: map.sections });
    } else if (!problem) setLoaded(null);
  }, [client, showId, store, setStanding]);
  useEffect(() => queueMicrotask(() => void load()), [load]);

  const readAgain = useReadAgain(showId, store, readStanding);
  const onEvent = ({ seatMapChanged: change }: SeatMapChangedSubscription): void => {
    const applied = store.apply(change, isCatchUp.current);
    isCatchUp.current = false;
    if (applied === 'gap' && loaded) readAgain();
    if (change.seats.some(({ id }) => !store.isSeat(id))) readStanding();
  };
  const onGap = (): void => {
    if (store.version < 0) return void load();
    isCatchUp.current = true;
    setSince(store.version);
    readStanding();
  };
  useLive(SeatMapChangedDocument, { showId }, { onEvent, onGap, skip: since !== undefined });
  useLive(SeatMapChangedSinceDocument, { showId, since: since ?? 0 }, { onEvent, onGap, skip: since === undefined });
  return {
    store,
    hall: loaded?.hall,
    sections: loaded?.sections,
    isClosed: loaded === null,
    standingLeft,
    error,
    load,
    readAgain,
  };
}

/** Reads the statuses of the map again, one reading at a time, until it leads up to the latest event. */
function useReadAgain(showId: string, store: SeatStore, readStanding: () => void): () => void {
  const client = useApolloClient();
  const reading = useRef(false);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => void (isShown.current = false);
  }, []);
  return useCallback(() => {
    if (reading.current) return;
    reading.current = true;
    const read = async (): Promise<void> => {
      const variables = { showId };
      const { data, error } = await client
        .query({ query: SeatMapDocument, variables, fetchPolicy: 'no-cache' })
        .catch((failure: unknown) => ({ data: undefined, error: failure }));
      const map = data?.show?.seatMap;
      if (map) store.load(map.version, statuses(map.sections));
      readStanding();
      // Events that came meanwhile may have left another gap. A show without a map is sold no longer.
      if (!isShown.current || !(map ? store.isBehind : error)) return;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await read();
    };
    void read().finally(() => (reading.current = false));
  }, [client, showId, store, readStanding]);
}

/** The places that are left where people stand, by section. */
function useStanding(showId: string) {
  const client = useApolloClient();
  const [standingLeft, setLeft] = useState<ReadonlyMap<string, number>>(new Map());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const setStanding = useCallback(
    (sections: readonly { readonly name: string; readonly standingAvailable: number | null }[]) => {
      const standing = sections.filter(({ standingAvailable }) => standingAvailable !== null);
      setLeft(new Map(standing.map(({ name, standingAvailable }) => [name, standingAvailable ?? 0])));
    },
    [],
  );
  const readStanding = useCallback(() => {
    clearTimeout(timer.current);
    // Many events are one reading.
    timer.current = setTimeout(() => {
      void client
        .query({ query: StandingPlacesDocument, variables: { showId }, fetchPolicy: 'no-cache' })
        .then(({ data }) => data?.show?.seatMap && setStanding(data.show.seatMap.sections))
        .catch(() => undefined);
    }, 400);
  }, [client, showId, setStanding]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { standingLeft, readStanding, setStanding };
}
