import { useCallback, useSyncExternalStore } from 'react';

import type { Hall, PlacedSeat } from '../../show/map/hall.ts';
import type { SeatStore } from '../../show/map/seat-store.ts';

/** As many seats as there are tickets, kept through a reload; one more takes the place of the first. */
export function useSeatChoice(showId: string, store: SeatStore, hall: Hall | undefined, count: number) {
  const key = `marquee.move.${showId}`;
  const wanted = useSyncExternalStore(store.subscribe, () => store.wanted);
  const choose = useCallback(
    (ids: readonly string[]) => {
      store.want(ids);
      sessionStorage.setItem(key, JSON.stringify(ids));
    },
    [store, key],
  );
  const toggle = useCallback(
    ({ id }: PlacedSeat) => {
      const look = store.look(id);
      const others = [...store.wanted].filter((other) => other !== id);
      if (look === 'chosen') choose(others);
      else if (look === 'free') choose([...others, id].slice(-count));
    },
    [store, choose, count],
  );
  const begin = useCallback(
    (best: readonly string[]) => {
      if (store.wanted.size > 0) return;
      const kept = JSON.parse(sessionStorage.getItem(key) ?? '[]') as readonly string[];
      const free = kept.filter((id) => store.look(id) === 'free').slice(0, count);
      store.want(free.length > 0 ? free : best);
    },
    [store, key, count],
  );
  const seats = (hall?.seats ?? []).filter(({ id }) => wanted.has(id));
  return { seats, choose, toggle, begin };
}
