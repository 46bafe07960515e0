import { useTexts } from '@marquee/app-kit/text';

import { type ScreenDraft, tiersOf } from './layout.ts';
import { layoutTexts } from './layout-texts.ts';
import styles from './layout.module.css';
import { place, type PlacedSection } from './preview.ts';
import { tierColor } from './tier-color.ts';

/** The side of a seat, in units of the drawing. */
const UNIT = 10;

/** A screen as customers see it: the stage above, seats in the colours of their tiers. */
export function LayoutPreview({ screen }: { readonly screen: ScreenDraft }) {
  const t = useTexts(layoutTexts);
  const { width, height, placed } = place(screen.sections);
  const tiers = tiersOf(screen.sections);
  return (
    <figure className={styles['preview']}>
      <figcaption>{t('preview')}</figcaption>
      <svg viewBox={`0 0 ${(width + 2) * UNIT} ${height * UNIT}`} role="img" aria-label={screen.name}>
        <rect className={styles['stage']} x={UNIT * 2} y={4} width={(width - 2) * UNIT} height={12} rx={6} />
        <text className={styles['caption']} x={((width + 2) * UNIT) / 2} y={13.5} textAnchor="middle">
          {t('stage')}
        </text>
        {placed.map((each) => (
          <Section key={each.section.id} {...each} width={width} color={tierColor(tiers, each.section.tierName)} />
        ))}
      </svg>
      <div className={styles['legend']}>
        {tiers.map((tier) => (
          <span key={tier}>
            <svg viewBox="0 0 10 10" aria-hidden="true">
              <rect width={10} height={10} rx={2.5} fill={tierColor(tiers, tier)} />
            </svg>
            {tier}
          </span>
        ))}
      </div>
    </figure>
  );
}

function Section({ section, y, width, color }: PlacedSection & { readonly width: number; readonly color: string }) {
  const t = useTexts(layoutTexts);
  const middle = ((width + 2) * UNIT) / 2;
  return (
    <g transform={`translate(0 ${y * UNIT})`}>
      <text className={styles['caption']} x={middle} y={7} textAnchor="middle">
        {section.name}
        {section.isStanding && ` · ${t('standing', { count: section.standingCapacity || 0 })}`}
      </text>
      {section.isStanding ? (
        <rect x={UNIT * 2} y={UNIT} width={(width - 2) * UNIT} height={UNIT * 3} rx={8} fill={color} opacity={0.75} />
      ) : (
        section.rows.map(({ seatCount, accessible }, row) => (
          <path
            key={row}
            d={rowPath(middle - (seatCount * UNIT) / 2, (row + 1) * UNIT, seatCount, accessible)}
            fill={color}
            fillRule="evenodd"
          />
        ))
      )}
    </g>
  );
}

/** The seats of a row; wheelchair spaces are hollow. */
function rowPath(x: number, y: number, seatCount: number, accessible: readonly number[]): string {
  return Array.from({ length: seatCount }, (_, index) => {
    const left = x + index * UNIT + 1;
    const hole = accessible.includes(index + 1) ? `M${left + 2} ${y + 2}h4v4h-4z` : '';
    return `M${left} ${y}h8v8h-8z${hole}`;
  }).join('');
}
