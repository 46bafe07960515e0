import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';

import type { MyHold } from '../../holds/use-my-holds.ts';
import type { Hall, PlacedSeat } from '../map/hall.ts';
import type { SeatStore } from '../map/seat-store.ts';

/** The most seats that one hold takes. */
const MAX_OF_HOLD = 10;

export interface Choice {
  /** Seats that are wanted, in the order of the plan. */
  readonly seats: readonly PlacedSeat[];
  /** Whether the wanted seats are those that are held. */
  readonly isHeld: boolean;
  /** Seats that somebody else took while they were chosen. */
  readonly lost: readonly PlacedSeat[];
  readonly maximum: number;
  /** @returns why the seat cannot be chosen */
  toggle(seat: PlacedSeat): 'taken' | 'limit' | undefined;
  replace(ids: readonly string[]): void;
  forgetLost(): void;
}

/**
 * The seats that a person chooses in a show. Seats that are held for them are among them; the choice survives a reload.
 *
 * @param isBusy while seats are being held, their events are the person's own
 */
export function useChoice(
  showId: string,
  store: SeatStore,
  hall: Hall | undefined,
  { holds, maximum, isBusy }: { readonly holds: readonly MyHold[]; readonly maximum: number; readonly isBusy: boolean },
): Choice {
  const key = `marquee.choice.${showId}`;
  const wanted = useSyncExternalStore(store.subscribe, () => store.wanted);
  const mine = useSyncExternalStore(store.subscribe, () => store.mine);
  const [lost, setLost] = useState<readonly PlacedSeat[]>([]);
  const isRestored = useRef(false);

  const held = holds.flatMap(({ seats }) => seats.map(({ id }) => id)).filter((id) => store.isSeat(id));
  const heldKey = held.join();
  useEffect(() => {
    if (hall) store.hold(heldKey === '' ? [] : heldKey.split(','));
  }, [store, hall, heldKey]);

  useEffect(() => {
    if (!hall || isRestored.current) return;
    isRestored.current = true;
    const kept = JSON.parse(sessionStorage.getItem(key) ?? '[]') as string[];
    store.want([...store.wanted, ...kept.filter((id) => store.isSeat(id) && !store.isTakenByOthers(id))]);
  }, [hall, key, store]);
  useEffect(() => {
    if (isRestored.current) sessionStorage.setItem(key, JSON.stringify([...wanted]));
  }, [key, wanted]);

  const dropLost = useCallback(() => {
    const gone = [...store.wanted].filter((id) => store.isTakenByOthers(id));
    if (isBusy || gone.length === 0 || !hall) return;
    store.want([...store.wanted].filter((id) => !gone.includes(id)));
    setLost(hall.seats.filter(({ id }) => gone.includes(id)));
  }, [store, hall, isBusy]);
  useEffect(() => {
    queueMicrotask(dropLost);
    return store.subscribe(dropLost);
  }, [store, dropLost]);

  const toggle = (seat: PlacedSeat): 'taken' | 'limit' | undefined => {
    if (wanted.has(seat.id)) store.want([...wanted].filter((id) => id !== seat.id));
    else if (store.look(seat.id) !== 'free') return 'taken';
    else if (wanted.size >= Math.min(maximum, MAX_OF_HOLD)) return 'limit';
    else store.want([...wanted, seat.id]);
    setLost([]);
    return undefined;
  };
  const seats = hall?.seats.filter(({ id }) => wanted.has(id)) ?? [];
  return {
    ...{ seats, lost, toggle },
    isHeld: seats.length > 0 && wanted.size === mine.size && [...wanted].every((id) => mine.has(id)),
    maximum: Math.min(maximum, MAX_OF_HOLD),
    replace: (ids) => {
      store.want(ids);
      setLost([]);
    },
    forgetLost: () => setLost([]),
  };
}
