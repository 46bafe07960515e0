import { defineTexts, useFormats, useTexts } from '@marquee/app-kit/text';
import { Hidden } from '@marquee/app-kit/ui';

import styles from './stars.module.css';

const texts = defineTexts({
  en: { of: '{stars} of 5 stars' },
  de: { of: '{stars} von 5 Sternen' },
  hi: { of: '5 में से {stars} सितारे' },
});

/** An average in one star and a number. */
export function Rating({ average }: { readonly average: number }) {
  const t = useTexts(texts);
  const { number } = useFormats();
  return (
    <span className={styles['rating']}>
      <span aria-hidden="true">★ {number(average, 1)}</span>
      <Hidden>{t('of', { stars: number(average, 1) })}</Hidden>
    </span>
  );
}

/** The stars that one person gave. */
export function Stars({ stars }: { readonly stars: number }) {
  const t = useTexts(texts);
  return (
    <span className={styles['stars']}>
      <span aria-hidden="true">
        {'★'.repeat(stars)}
        <span className={styles['empty']}>{'★'.repeat(5 - stars)}</span>
      </span>
      <Hidden>{t('of', { stars })}</Hidden>
    </span>
  );
}
