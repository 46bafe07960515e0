import { useTexts } from '@marquee/app-kit/text';
import { Hidden } from '@marquee/app-kit/ui';
import { type KeyboardEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';

import { showTexts } from '../texts.ts';
import type { Tier } from '../use-show.ts';
import { CursorNews } from './cursor-news.tsx';
import { Floor } from './floor.tsx';
import { type Direction, type Hall, neighbourOf, type PlacedSeat, PITCH, seatAt } from './hall.ts';
import { Plan, Stage } from './plan.tsx';
import styles from './seat-map.module.css';
import type { SeatStore } from './seat-store.ts';
import { SeatTip } from './seat-tip.tsx';
import { useLabels } from './use-labels.ts';
import { Viewport } from './viewport.ts';

export interface SeatMapProps {
  readonly hall: Hall;
  readonly store: SeatStore;
  readonly tiers: readonly Tier[];
  /** Of the stage: “Screen” or “Stage”. */
  readonly stage: string;
  readonly standingLeft: ReadonlyMap<string, number>;
  readonly onSeat: (seat: PlacedSeat) => void;
  readonly onFloor: (section: string) => void;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
/** A finger hits a seat that is this near, in pixels of the screen. */
const REACH = 22;

/** The plan of the seats: moved by hand, wheel and fingers, walked by the arrow keys. */
export function SeatMap({ hall, store, tiers, stage, standingLeft, onSeat, onFloor }: SeatMapProps) {
  const t = useTexts(showTexts);
  const { labelOf } = useLabels(tiers);
  const frame = useRef<HTMLDivElement>(null);
  const plan = useRef<SVGSVGElement>(null);
  const viewport = useRef<Viewport>(undefined);
  const [cursor, setCursor] = useState<PlacedSeat>();
  const [hasFocus, setHasFocus] = useState(false);
  const hintId = useId();
  const order = useMemo(() => new Map(tiers.map(({ id }, index) => [id, index])), [tiers]);
  const rowName = useCallback((row: string) => t('rowName', { row }), [t]);

  const latest = useRef({ onSeat, onFloor });
  useEffect(() => void (latest.current = { onSeat, onFloor }));
  useEffect(() => {
    if (!frame.current || !plan.current) return undefined;
    const made = new Viewport(frame.current, plan.current, hall, (x, y, scale) => {
      const seat = seatAt(hall, x, y, Math.max(PITCH / 2, REACH / scale));
      if (seat) {
        setCursor(seat);
        return latest.current.onSeat(seat);
      }
      const floor = hall.sections.find((section) => section.floor && isOnFloor(section, x, y));
      if (floor) latest.current.onFloor(floor.name);
      return undefined;
    });
    viewport.current = made;
    return () => made.stop();
  }, [hall]);

  const moveTo = (seat: PlacedSeat | undefined): void => {
    if (!seat) return;
    setCursor(seat);
    viewport.current?.reveal(seat.x, seat.y);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = cursor ?? hall.seats[0];
    const arrow = ARROWS[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey || !at) return;
    if (arrow) moveTo(neighbourOf(hall, at, arrow));
    else if (event.key === 'Home') moveTo(rowOf(hall, at)[0]);
    else if (event.key === 'End') moveTo(rowOf(hall, at).at(-1));
    else if (event.key === 'Enter' || event.key === ' ') onSeat(at);
    else if (event.key === '+' || event.key === '-') {
      viewport.current?.zoom(event.key === '+' ? 1 : -1);
      viewport.current?.reveal(at.x, at.y);
    } else if (event.key === '0') viewport.current?.fit();
    else return;
    setHasFocus(true);
    event.preventDefault();
  };

  return (
    <div className={styles['map']}>
      <div className={styles['frame']} ref={frame} style={{ aspectRatio: hall.width / hall.height }}>
        <svg
          ref={plan}
          className={styles['plan']}
          width={hall.width}
          height={hall.height}
          viewBox={`0 0 ${hall.width} ${hall.height}`}
        >
          <Stage hall={hall} label={stage} />
          {hall.sections.map((section) => (
            <Floor key={section.name} section={section} left={standingLeft.get(section.name)} />
          ))}
          {hall.seats.length > 0 && (
            <g
              className={styles['grid']}
              role="grid"
              tabIndex={0}
              aria-label={t('mapLabel')}
              aria-describedby={hintId}
              aria-multiselectable="true"
              aria-activedescendant={cursor && `seat-${cursor.id}`}
              onKeyDown={onKeyDown}
              onFocus={({ currentTarget }) => {
                setHasFocus(currentTarget.matches(':focus-visible'));
                setCursor((now) => now ?? hall.seats.find(({ id }) => store.look(id) === 'free') ?? hall.seats[0]);
              }}
              onBlur={() => setHasFocus(false)}
            >
              <Plan hall={hall} tiers={order} store={store} labelOf={labelOf} rowName={rowName} />
            </g>
          )}
          {cursor && hasFocus && (
            <rect className={styles['cursor']} x={cursor.x - 16} y={cursor.y - 16} width={32} height={32} rx={9} />
          )}
        </svg>
      </div>
      <SeatTip frame={frame} viewport={viewport} hall={hall} store={store} labelOf={labelOf} />
      {cursor && hasFocus && <CursorNews key={cursor.id} seat={cursor} store={store} labelOf={labelOf} />}
      <span id={hintId}>
        <Hidden>{t('mapHint')}</Hidden>
      </span>
      <div className={styles['controls']}>
        <button type="button" aria-label={t('zoomIn')} onClick={() => viewport.current?.zoom(1)}>
          +
        </button>
        <button type="button" aria-label={t('zoomOut')} onClick={() => viewport.current?.zoom(-1)}>
          −
        </button>
        <button type="button" aria-label={t('zoomFit')} onClick={() => viewport.current?.fit()}>
          ⤢
        </button>
      </div>
    </div>
  );
}

function rowOf(hall: Hall, seat: PlacedSeat): readonly PlacedSeat[] {
  const section = hall.sections.find(({ name }) => name === seat.section);
  return section?.rows.find(({ label }) => label === seat.row)?.seats ?? [];
}

function isOnFloor({ x, y, floor }: Hall['sections'][number], atX: number, atY: number): boolean {
  return floor !== undefined && Math.abs(atX - x) < floor.width / 2 && atY > y && atY < y + floor.height;
}
