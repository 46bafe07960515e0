import { useTexts } from '@marquee/app-kit/text';
import { Hidden } from '@marquee/app-kit/ui';
import { useId } from 'react';

import styles from './reviews.module.css';
import { reviewTexts } from './texts.ts';

export interface StarsFieldProps {
  /** From 1 to 5; 0 before any is chosen. */
  readonly value: number;
  readonly onChange: (stars: number) => void;
  readonly problem: string | undefined;
}

const STARS = [1, 2, 3, 4, 5] as const;

/** One to five stars: radio buttons, which the arrow keys move through. */
export function StarsField({ value, onChange, problem }: StarsFieldProps) {
  const t = useTexts(reviewTexts);
  const problemId = useId();
  return (
    <fieldset className={styles['starsField']} aria-describedby={problem === undefined ? undefined : problemId}>
      <legend>{t('stars')}</legend>
      <div className={styles['starsRow']}>
        {STARS.map((stars) => (
          <label key={stars} data-lit={stars <= value || undefined}>
            <input type="radio" name="stars" value={stars} checked={stars === value} onChange={() => onChange(stars)} />
            <span aria-hidden="true">★</span>
            <Hidden>{t('star', { stars })}</Hidden>
          </label>
        ))}
      </div>
      {problem !== undefined && (
        <p id={problemId} className={styles['problem']}>
          {problem}
        </p>
      )}
    </fieldset>
  );
}
