import { memo, useCallback, useSyncExternalStore } from 'react';

import type { PlacedSeat } from './hall.ts';
import styles from './seat-map.module.css';
import type { SeatLook, SeatStore } from './seat-store.ts';
import { shapeOf } from './shapes.ts';

/** The state of a seat for the person, drawn again when it changes. */
export function useLook(store: SeatStore, id: string): SeatLook {
  const watch = useCallback((watcher: () => void) => store.watch(id, watcher), [store, id]);
  return useSyncExternalStore(watch, () => store.look(id));
}

export interface SeatProps {
  readonly seat: PlacedSeat;
  /** The place of its price tier among the tiers. */
  readonly tier: number;
  readonly store: SeatStore;
  readonly labelOf: (seat: PlacedSeat, look: SeatLook) => string;
}

/** One element of the drawing; nothing but this is drawn again when the seat changes. */
export const Seat = memo(function Seat({ seat, tier, store, labelOf }: SeatProps) {
  const look = useLook(store, seat.id);
  return (
    <path
      id={`seat-${seat.id}`}
      role="gridcell"
      aria-label={labelOf(seat, look)}
      aria-selected={look === 'chosen' || look === 'mine'}
      className={styles['seat']}
      data-look={look}
      data-tier={(tier % 6) + 1}
      fillRule="evenodd"
      d={shapeOf(look, tier, seat.accessible)}
      transform={`translate(${seat.x.toFixed(1)} ${seat.y.toFixed(1)})`}
    />
  );
});
