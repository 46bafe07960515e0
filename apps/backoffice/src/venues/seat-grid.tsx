import { useTexts } from '@marquee/app-kit/text';
import { Hidden } from '@marquee/app-kit/ui';
import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';

import { addRow, drawRows, LIMITS, type RowDraft, toggleAccessible } from './layout.ts';
import { layoutTexts } from './layout-texts.ts';
import styles from './layout.module.css';
import { CELL, SeatRow } from './seat-row.tsx';

export type Tool = 'draw' | 'accessible' | 'aisle';

interface Cell {
  readonly row: number;
  /** From 0. */
  readonly column: number;
}

export interface SeatGridProps {
  readonly name: string;
  readonly rows: readonly RowDraft[];
  readonly tool: Tool;
  /** The colour of the price tier. */
  readonly color: string;
  /** Changes under one name are undone as one. */
  readonly onChange: (rows: readonly RowDraft[], name?: string) => void;
  readonly onDivide: (behind: number) => void;
}

/** The seats of a section on a grid: drawn with the mouse, or with the keyboard by a cursor. */
export function SeatGrid({ name, rows, tool, color, onChange, onDivide }: SeatGridProps) {
  const t = useTexts(layoutTexts);
  const hint = useId();
  const [cursor, setCursor] = useState<Cell>({ row: 0, column: 0 });
  const [isFocused, setFocused] = useState(false);
  const drag = useRef<{ readonly from: number; readonly rows: readonly RowDraft[]; readonly name: string } | null>(
    null,
  );
  const columns = Math.min(LIMITS.rowSeats, Math.max(10, ...rows.map(({ seatCount }) => seatCount)) + 4);
  const lines = Math.min(LIMITS.rows, rows.length + 2);

  const use = ({ row, column }: Cell): void => {
    if (tool === 'draw') onChange(drawRows(rows, row, row, column + 1));
    else if (tool === 'accessible')
      onChange(rows.map((each, index) => (index === row ? toggleAccessible(each, column + 1) : each)));
    else onDivide(column + 1);
  };
  const begin = (event: PointerEvent<HTMLButtonElement>): void => {
    const cell = cellAt(event);
    // Safari gives a button that is clicked no focus.
    event.currentTarget.focus({ preventScroll: true });
    setCursor(cell);
    if (tool !== 'draw') return use(cell);
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: cell.row, rows, name: `draw:${event.timeStamp}` };
    onChange(drawRows(rows, cell.row, cell.row, cell.column + 1), drag.current.name);
  };
  const move = (event: PointerEvent<HTMLButtonElement>): void => {
    if (!drag.current) return;
    const { row, column } = cellAt(event);
    setCursor({ row, column });
    onChange(drawRows(drag.current.rows, drag.current.from, row, column + 1), drag.current.name);
  };
  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step) setCursor(within({ row: cursor.row + step[0], column: cursor.column + step[1] }, lines, columns));
    else if (event.key === 'Enter' || event.key === ' ') use(cursor);
    else if (event.key === 'Delete' || event.key === 'Backspace')
      onChange(rows.filter((_, index) => index !== cursor.row));
    else if (event.key === 'PageDown') onChange(addRow(rows, rows.at(-1)?.seatCount ?? cursor.column + 1));
    else return;
    event.preventDefault();
  };

  const [key, values] = said(cursor, rows);
  return (
    <div className={styles['grid']} role="application" aria-label={t('grid', { name })}>
      <div className={styles['canvas']}>
        <svg width={(columns + 1) * CELL} height={lines * CELL} aria-hidden="true">
          {Array.from({ length: lines }, (_, row) => (
            <SeatRow key={row} index={row} row={rows[row]} columns={columns} color={color} />
          ))}
          {isFocused && (
            <rect
              className={styles['cursor']}
              x={(cursor.column + 1) * CELL}
              y={cursor.row * CELL}
              width={CELL}
              height={CELL}
              rx={6}
            />
          )}
        </svg>
        <button
          type="button"
          className={styles['surface']}
          aria-label={t('grid', { name })}
          aria-describedby={hint}
          onKeyDown={press}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onPointerDown={begin}
          onPointerMove={move}
          onPointerUp={() => (drag.current = null)}
          onPointerCancel={() => (drag.current = null)}
        />
      </div>
      <span id={hint} className={styles['hint']}>
        {t('gridHint')}
      </span>
      <Hidden>
        <span role="status">{isFocused && t(key, values)}</span>
      </Hidden>
    </div>
  );
}

const STEPS: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function cellAt({ currentTarget, clientX, clientY }: PointerEvent<HTMLButtonElement>): Cell {
  const { left, top } = currentTarget.getBoundingClientRect();
  const row = Math.floor((clientY - top) / CELL);
  const column = Math.floor((clientX - left) / CELL) - 1;
  return within({ row, column }, LIMITS.rows, LIMITS.rowSeats);
}

function within({ row, column }: Cell, lines: number, columns: number): Cell {
  return { row: Math.min(Math.max(0, row), lines - 1), column: Math.min(Math.max(0, column), columns - 1) };
}

function said({ row, column }: Cell, rows: readonly RowDraft[]) {
  const there = rows[row];
  const seat = column + 1;
  if (!there) return ['cellNew', { seat }] as const;
  if (seat > there.seatCount) return ['cellFree', { row: there.label, seat }] as const;
  return [there.accessible.includes(seat) ? 'cellAccessible' : 'cell', { row: there.label, seat }] as const;
}
