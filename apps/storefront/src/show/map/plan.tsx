import { memo } from 'react';

import type { Hall, PlacedSeat, PlacedSection } from './hall.ts';
import { Seat, type SeatProps } from './seat.tsx';
import styles from './seat-map.module.css';

export interface PlanProps extends Pick<SeatProps, 'store' | 'labelOf'> {
  readonly hall: Hall;
  /** The places of the price tiers by their ids. */
  readonly tiers: ReadonlyMap<string, number>;
  readonly rowName: (label: string) => string;
}

/** The sections and rows with their seats, as rows and cells of a grid. */
export const Plan = memo(function Plan({ hall, tiers, rowName, ...seatProps }: PlanProps) {
  return hall.sections
    .filter(({ rows }) => rows.length > 0)
    .map((section) => (
      <g key={section.name} role="rowgroup" aria-label={section.name}>
        <SectionName section={section} />
        {section.rows.map(({ label, seats }) => (
          <g key={label} role="row" aria-label={`${section.name}, ${rowName(label)}`}>
            <RowLabels label={label} seats={seats} />
            {seats.map((seat) => (
              <Seat key={seat.id} seat={seat} tier={tiers.get(seat.tierId) ?? 0} {...seatProps} />
            ))}
          </g>
        ))}
      </g>
    ));
});

function SectionName({ section: { name, x, y } }: { readonly section: PlacedSection }) {
  return (
    <text className={styles['section']} x={x} y={y + 10} aria-hidden="true">
      {name}
    </text>
  );
}

function RowLabels({ label, seats }: { readonly label: string; readonly seats: readonly PlacedSeat[] }) {
  const [first, last] = [seats[0], seats.at(-1)];
  return (
    <g aria-hidden="true" className={styles['row']}>
      {first && (
        <text x={first.x - 24} y={first.y + 4}>
          {label}
        </text>
      )}
      {last && (
        <text x={last.x + 24} y={last.y + 4}>
          {label}
        </text>
      )}
    </g>
  );
}

/** The screen or the stage, at the top of the plan. */
export function Stage({ hall, label }: { readonly hall: Hall; readonly label: string }) {
  const half = Math.min(hall.width * 0.36, 300);
  const middle = hall.width / 2;
  return (
    <g aria-hidden="true">
      <path
        className={styles['glow']}
        d={`M${middle - half} 30Q${middle} 4 ${middle + half} 30L${middle + half * 1.12} 74Q${middle} 48 ${middle - half * 1.12} 74Z`}
      />
      <path className={styles['stage']} d={`M${middle - half} 30Q${middle} 4 ${middle + half} 30`} />
      <text className={styles['stageName']} x={middle} y={46}>
        {label}
      </text>
    </g>
  );
}
