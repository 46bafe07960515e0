import { useFormats, useTexts } from '@marquee/app-kit/text';

import { showTexts } from '../texts.ts';
import type { Tier } from '../use-show.ts';
import styles from './seat-map.module.css';
import type { SeatLook } from './seat-store.ts';
import { shapeOf } from './shapes.ts';

interface SwatchProps {
  readonly look: SeatLook;
  readonly tier?: number;
  readonly accessible?: boolean;
}

/** A seat as the plan draws it. */
function Swatch({ look, tier = 0, accessible = false }: SwatchProps) {
  return (
    <svg width={22} height={22} viewBox="-12 -12 24 24" aria-hidden="true">
      <path
        className={styles['seat']}
        data-look={look}
        data-tier={(tier % 6) + 1}
        fillRule="evenodd"
        d={shapeOf(look, tier, accessible)}
      />
    </svg>
  );
}

const LOOKS: readonly SeatLook[] = ['chosen', 'mine', 'held', 'sold'];

/** Says what the shapes and colours of the plan mean, with the price of each tier as it is paid. */
export function Legend({ tiers }: { readonly tiers: readonly Tier[] }) {
  const t = useTexts(showTexts);
  const { money } = useFormats();
  return (
    <ul className={styles['legend']} aria-label={t('legend')}>
      {tiers.map(({ id, name, allInPrice }, index) => (
        <li key={id}>
          <Swatch look="free" tier={index} />
          <span>
            <strong>{name}</strong> {allInPrice && money(allInPrice)}
          </span>
        </li>
      ))}
      <li>
        <Swatch look="free" accessible />
        {t('wheelchair')}
      </li>
      {LOOKS.map((look) => (
        <li key={look}>
          <Swatch look={look} />
          {t(look)}
        </li>
      ))}
    </ul>
  );
}
