import { useTexts } from '@marquee/app-kit/text';
import { lazy, Suspense, useState } from 'react';

import { PinIcon } from '../frame/icons.tsx';
import styles from './city.module.css';
import { useCity } from './city.ts';
import { cityTexts } from './texts.ts';

const CityDialog = lazy(async () => ({ default: (await import('./city-dialog.tsx')).CityDialog }));

/** The chosen city, and the way to another one. */
export function CityButton() {
  const t = useTexts(cityTexts);
  const { city } = useCity();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={styles['button']}
        aria-haspopup="dialog"
        aria-label={city ? t('current', { city: city.name }) : t('choose')}
        onClick={() => setOpen(true)}
      >
        <PinIcon />
        <span>{city?.name ?? '…'}</span>
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <CityDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
