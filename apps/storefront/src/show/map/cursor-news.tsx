import { Hidden } from '@marquee/app-kit/ui';
import { useState } from 'react';

import type { PlacedSeat } from './hall.ts';
import { useLook } from './seat.tsx';
import type { SeatLook, SeatStore } from './seat-store.ts';

export interface CursorNewsProps {
  readonly seat: PlacedSeat;
  readonly store: SeatStore;
  readonly labelOf: (seat: PlacedSeat, look: SeatLook) => string;
}

/** Says what has become of the seat on which the person is, when it changes under them. */
export function CursorNews({ seat, store, labelOf }: CursorNewsProps) {
  const look = useLook(store, seat.id);
  const [first] = useState(look);
  const [hasChanged, setChanged] = useState(false);
  if (look !== first && !hasChanged) setChanged(true);
  return (
    <span role="status">
      <Hidden>{hasChanged ? labelOf(seat, look) : ''}</Hidden>
    </span>
  );
}
