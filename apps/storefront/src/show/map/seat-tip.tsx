import { type RefObject, useEffect, useState } from 'react';

import { type Hall, type PlacedSeat, PITCH, seatAt } from './hall.ts';
import { useLook } from './seat.tsx';
import styles from './seat-map.module.css';
import type { SeatLook, SeatStore } from './seat-store.ts';
import type { Viewport } from './viewport.ts';

export interface SeatTipProps {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly viewport: RefObject<Viewport | undefined>;
  readonly hall: Hall;
  readonly store: SeatStore;
  readonly labelOf: (seat: PlacedSeat, look: SeatLook) => string;
}

interface Hovered {
  readonly seat: PlacedSeat;
  readonly x: number;
  readonly y: number;
}

/** The words for the seat under the mouse. */
export function SeatTip({ frame, viewport, hall, store, labelOf }: SeatTipProps) {
  const [hovered, setHovered] = useState<Hovered>();
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const hide = (): void => setHovered(undefined);
    element.addEventListener('pointerleave', hide, { signal });
    element.addEventListener('pointerdown', hide, { signal });
    element.addEventListener(
      'pointermove',
      (event) => {
        if (event.pointerType !== 'mouse' || event.buttons !== 0 || !viewport.current) return;
        const at = viewport.current.pointAt(event.clientX, event.clientY);
        const seat = seatAt(hall, at.x, at.y, PITCH / 2);
        const { left, top } = element.getBoundingClientRect();
        setHovered((now) => {
          if (now?.seat === seat) return now;
          return seat && { seat, x: event.clientX - left, y: event.clientY - top };
        });
      },
      { signal },
    );
    return () => stop.abort();
  }, [frame, viewport, hall]);
  return hovered ? <Tip {...hovered} width={frame.current?.clientWidth ?? 0} store={store} labelOf={labelOf} /> : null;
}

type TipProps = Hovered & Pick<SeatTipProps, 'store' | 'labelOf'> & { readonly width: number };

function Tip({ seat, x, y, width, store, labelOf }: TipProps) {
  const look = useLook(store, seat.id);
  const side = x > width / 2 ? '-100%' : '0';
  return (
    <div
      className={styles['tip']}
      aria-hidden="true"
      style={{ transform: `translate(${x}px, ${y - 18}px) translate(${side}, -100%)` }}
    >
      {labelOf(seat, look)}
    </div>
  );
}
