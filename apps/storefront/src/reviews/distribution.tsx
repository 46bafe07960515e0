import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Soft } from '@marquee/app-kit/ui';

import styles from './reviews.module.css';
import { reviewTexts } from './texts.ts';

export interface RatingOf {
  readonly average: number | null;
  readonly count: number;
  readonly distribution: readonly { readonly stars: number; readonly count: number }[];
}

/** The average, and how many gave how many stars. */
export function Distribution({ rating: { average, count, distribution } }: { readonly rating: RatingOf }) {
  const t = useTexts(reviewTexts);
  const { number } = useFormats();
  if (average === null || count === 0) return null;
  return (
    <div className={styles['rating']}>
      <p>
        <strong className={styles['average']}>{number(average, 1)}</strong> <Soft>{t('count', { count })}</Soft>
      </p>
      <ul>
        {distribution.map(({ stars, count: given }) => (
          <li key={stars} aria-label={t('bar', { stars, count: given })} className={styles['bar']}>
            <span aria-hidden="true">{stars} ★</span>
            <progress value={given} max={count} aria-hidden="true" />
            <span aria-hidden="true">{number(given)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
