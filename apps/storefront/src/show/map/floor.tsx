import { useFormats, useTexts } from '@marquee/app-kit/text';

import { showTexts } from '../texts.ts';
import type { PlacedSection } from './hall.ts';
import styles from './seat-map.module.css';

/** A section where people stand: how many places it has left. They are chosen by number, beside the plan. */
export function Floor({ section, left }: { readonly section: PlacedSection; readonly left: number | undefined }) {
  const t = useTexts(showTexts);
  const { number } = useFormats();
  const { floor, name, x, y } = section;
  if (!floor) return null;
  return (
    <g aria-hidden="true">
      <rect
        className={styles['floor']}
        x={x - floor.width / 2}
        y={y}
        width={floor.width}
        height={floor.height}
        rx={22}
      />
      <text className={styles['floorName']} x={x} y={y + floor.height / 2 - 4}>
        {name}
      </text>
      <text className={styles['floorText']} x={x} y={y + floor.height / 2 + 20}>
        {t('standingLeft', { count: left ?? 0, shown: number(left ?? 0) })}
      </text>
    </g>
  );
}
