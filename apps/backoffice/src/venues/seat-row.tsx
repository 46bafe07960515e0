import { memo } from 'react';

import type { RowDraft } from './layout.ts';
import styles from './layout.module.css';

/** The side of a cell, in pixels. */
export const CELL = 24;
const SIDE = 16;
const GAP = (CELL - SIDE) / 2;

export interface SeatRowProps {
  readonly index: number;
  readonly row: RowDraft | undefined;
  readonly columns: number;
  readonly color: string;
}

/** A row of the grid: its label, its seats, and the empty cells behind them. */
export const SeatRow = memo(function SeatRow({ index, row, columns, color }: SeatRowProps) {
  const seatCount = row?.seatCount ?? 0;
  const empty = Array.from({ length: columns - seatCount }, (_, each) => seatCount + each);
  const seats = Array.from({ length: seatCount }, (_, each) => each);
  return (
    <g transform={`translate(0 ${index * CELL})`}>
      <text className={styles['label']} x={CELL - 6} y={CELL / 2 + 4} textAnchor="end">
        {row?.label}
      </text>
      <path className={styles['empty']} d={empty.map((column) => dot(column)).join('')} />
      <path
        d={seats
          .filter((column) => !row?.accessible.includes(column + 1))
          .map((column) => square(column))
          .join('')}
        fill={color}
      />
      {row?.accessible.map((number) => (
        <Wheelchair key={number} x={number * CELL + GAP} color={color} />
      ))}
    </g>
  );
});

/** A wheelchair space: a ring around a sign, so that it differs by more than its colour. */
function Wheelchair({ x, color }: { readonly x: number; readonly color: string }) {
  return (
    <g transform={`translate(${x} ${GAP})`}>
      <circle cx={SIDE / 2} cy={SIDE / 2} r={SIDE / 2 - 1} fill="none" stroke={color} strokeWidth={2} />
      <path d="M7 3.2v5h3.6l1.6 3.4M7 5.8h2.6M5.4 7.2a3 3 0 1 0 3.6 4.2" fill="none" stroke={color} strokeWidth={1.4} />
    </g>
  );
}

function square(column: number): string {
  return `M${(column + 1) * CELL + GAP + 4} ${GAP}h8a4 4 0 0 1 4 4v8a4 4 0 0 1 -4 4h-8a4 4 0 0 1 -4 -4v-8a4 4 0 0 1 4 -4z`;
}

function dot(column: number): string {
  return `M${(column + 1) * CELL + CELL / 2 - 2} ${CELL / 2}h4`;
}
