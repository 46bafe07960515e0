import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Checkbox } from '@marquee/app-kit/ui';
import { memo, useState, useSyncExternalStore } from 'react';

import type { Hall, PlacedRow, PlacedSeat, PlacedSection } from '../map/hall.ts';
import { useLook } from '../map/seat.tsx';
import type { SeatLook, SeatStore } from '../map/seat-store.ts';
import { showTexts } from '../texts.ts';
import styles from './seat-list.module.css';

interface ListProps {
  readonly store: SeatStore;
  readonly labelOf: (seat: PlacedSeat, look: SeatLook) => string;
  readonly onSeat: (seat: PlacedSeat) => void;
}

export interface SeatListProps extends ListProps {
  readonly hall: Hall;
  readonly standingLeft: ReadonlyMap<string, number>;
}

/** The plan in words: sections, rows, and a button for each seat. */
export function SeatList({ hall, standingLeft, ...props }: SeatListProps) {
  const t = useTexts(showTexts);
  const { number } = useFormats();
  const [onlyFree, setOnlyFree] = useState(true);
  return (
    <div className={styles['list']}>
      <Checkbox isSelected={onlyFree} onChange={setOnlyFree}>
        {t('onlyFree')}
      </Checkbox>
      {hall.sections.map((section, index) =>
        section.floor ? (
          <p key={section.name} className={styles['floor']}>
            <strong>{section.name}</strong>{' '}
            {t('standingLeft', {
              count: standingLeft.get(section.name) ?? 0,
              shown: number(standingLeft.get(section.name) ?? 0),
            })}
          </p>
        ) : (
          <Section key={section.name} section={section} isFirst={index === 0} onlyFree={onlyFree} {...props} />
        ),
      )}
    </div>
  );
}

interface SectionProps extends ListProps {
  readonly section: PlacedSection;
  readonly isFirst: boolean;
  readonly onlyFree: boolean;
}

function Section({ section, isFirst, ...props }: SectionProps) {
  const t = useTexts(showTexts);
  const [isOpen, setOpen] = useState(isFirst);
  const seats = section.rows.flatMap((row) => row.seats);
  const free = useSyncExternalStore(
    props.store.subscribe,
    () => seats.filter(({ id }) => props.store.look(id) === 'free').length,
  );
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <strong>{section.name}</strong> {t('freeOf', { free, total: seats.length })}
      </summary>
      {isOpen && section.rows.map((row) => <Row key={row.label} row={row} {...props} />)}
    </details>
  );
}

function Row({ row, ...props }: Omit<SectionProps, 'section' | 'isFirst'> & { readonly row: PlacedRow }) {
  const t = useTexts(showTexts);
  const name = t('rowName', { row: row.label });
  return (
    <div className={styles['row']} role="group" aria-label={name}>
      <span>{name}</span>
      <div>
        {row.seats.map((seat) => (
          <SeatButton key={seat.id} seat={seat} {...props} />
        ))}
      </div>
    </div>
  );
}

interface SeatButtonProps extends ListProps {
  readonly seat: PlacedSeat;
  readonly onlyFree: boolean;
}

const SeatButton = memo(function SeatButton({ seat, store, labelOf, onSeat, onlyFree }: SeatButtonProps) {
  const look = useLook(store, seat.id);
  const isMine = look === 'chosen' || look === 'mine';
  const isGone = look !== 'free' && !isMine;
  if (isGone && onlyFree) return null;
  return (
    <button
      type="button"
      className={styles['seat']}
      data-look={look}
      aria-pressed={isMine}
      aria-disabled={isGone}
      aria-label={labelOf(seat, look)}
      onClick={() => onSeat(seat)}
    >
      {seat.number}
      {seat.accessible && <span aria-hidden="true">♿︎</span>}
    </button>
  );
});
