import { useTexts } from '@marquee/app-kit/text';
import { type KeyboardEvent, memo, useCallback, useState } from 'react';

import type { ShowSeatsQuery } from '../generated/graphql.ts';
import { tierColor } from '../venues/tier-color.ts';
import { moveIn, type Spot } from './move.ts';
import styles from './seats.module.css';
import { seatsTexts } from './texts.ts';

type SeatMap = NonNullable<NonNullable<ShowSeatsQuery['show']>['seatMap']>;
export type Section = SeatMap['sections'][number];
type Row = Section['rows'][number];
export type Seat = Row['seats'][number];

/** Seats that staff may act on. */
export const isFree = ({ status }: Pick<Seat, 'status'>): boolean => status === 'AVAILABLE' || status === 'BLOCKED';

export interface SeatPickerProps {
  readonly section: Section;
  readonly tiers: readonly string[];
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (seats: readonly Seat[]) => void;
}

/** A section's seats, to choose from with the mouse or with arrows. */
export function SeatPicker({ section, tiers, chosen, onToggle }: SeatPickerProps) {
  const t = useTexts(seatsTexts);
  const [at, setAt] = useState<Spot>({ row: 0, seat: 0 });
  const { rows } = section;
  const press = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const lengths = rows.map(({ seats }) => seats.length);
      const next = moveIn(lengths, spotOf(event.currentTarget), event.key);
      if (!next) return;
      event.preventDefault();
      const map = event.currentTarget.closest('[role="group"]');
      map?.querySelector<HTMLElement>(`[data-at="${next.row}:${next.seat}"]`)?.focus();
    },
    [rows],
  );
  if (section.standingCapacity !== null)
    return <p>{t('standing', { available: section.standingAvailable ?? 0, capacity: section.standingCapacity })}</p>;
  return (
    <div className={styles['map']} role="group" aria-label={t('map', { section: section.name })}>
      {rows.map((row, index) => (
        <SeatRow
          key={row.label}
          row={row}
          index={index}
          tiers={tiers}
          chosen={chosen}
          tabStop={at.row === index ? at.seat : -1}
          onToggle={onToggle}
          onFocus={setAt}
          onPress={press}
        />
      ))}
    </div>
  );
}

function spotOf({ dataset }: HTMLElement): Spot {
  const [row = 0, seat = 0] = (dataset['at'] ?? '').split(':').map(Number);
  return { row, seat };
}

interface SeatRowProps extends Pick<SeatPickerProps, 'tiers' | 'chosen' | 'onToggle'> {
  readonly row: Row;
  readonly index: number;
  /** The seat that Tab leads to; -1 for another row's. */
  readonly tabStop: number;
  readonly onFocus: (spot: Spot) => void;
  /** Moves from a seat with the arrows. */
  readonly onPress: (event: KeyboardEvent<HTMLElement>) => void;
}

const SeatRow = memo(function SeatRow(props: SeatRowProps) {
  const { row, index, tiers, chosen, tabStop, onToggle, onFocus, onPress } = props;
  const t = useTexts(seatsTexts);
  return (
    <div className={styles['row']}>
      <button
        type="button"
        className={styles['label']}
        aria-label={t('row', { row: row.label })}
        onClick={() => onToggle(row.seats.filter(isFree))}
      >
        {row.label}
      </button>
      {row.seats.map((seat, place) => (
        <button
          key={seat.id}
          type="button"
          className={styles['seat']}
          data-at={`${index}:${place}`}
          data-status={seat.status}
          data-accessible={seat.accessible || undefined}
          aria-pressed={chosen.has(seat.id)}
          aria-disabled={!isFree(seat) || undefined}
          aria-label={labelOf(seat, t)}
          tabIndex={tabStop === place ? 0 : -1}
          style={{ color: tierColor(tiers, seat.tier.name) }}
          onClick={() => isFree(seat) && onToggle([seat])}
          onFocus={() => onFocus({ row: index, seat: place })}
          onKeyDown={onPress}
        />
      ))}
    </div>
  );
});

function labelOf(seat: Seat, t: ReturnType<typeof useTexts<'seat' | 'accessible' | Seat['status']>>): string {
  const { row, number, tier, status, accessible } = seat;
  const text = t('seat', { row, number, tier: tier.name, status: t(status) });
  return accessible ? `${text}, ${t('accessible')}` : text;
}
