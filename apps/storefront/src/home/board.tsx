import { type PicturedTitle, Poster } from '@marquee/app-kit/picture';
import { useTexts } from '@marquee/app-kit/text';

import type { CSSProperties } from 'react';

import type { ChosenCity } from '../city/city.ts';
import { DayStrip } from '../days/day-strip.tsx';
import { dayIn, daysFrom } from '../days/days.ts';
import styles from './board.module.css';
import { homeTexts } from './texts.ts';

export interface BoardProps {
  readonly city: ChosenCity | undefined;
  /** Three titles whose posters hang beside the letters, where there is room. */
  readonly titles: readonly PicturedTitle[];
}

/** The letters over the entrance: where one is, and the days to choose from. */
export function Board({ city, titles }: BoardProps) {
  const t = useTexts(homeTexts);
  const today = dayIn(city?.timeZone);
  const longest = Math.max(...(city?.name ?? '').split(/[\s-]/).map(({ length }) => length));
  return (
    <div className={styles['board']}>
      <h1 className={styles['letters']} style={{ '--longest': Math.max(longest, 1) } as CSSProperties}>
        <span className={styles['small']}>{t('marquee')}</span> <span>{city?.name ?? '…'}</span>
      </h1>
      <p className={styles['lead']}>{t('lead')}</p>
      <DayStrip
        label={t('days')}
        days={daysFrom(today, 10)}
        today={today}
        selected={undefined}
        hrefOf={(day) => `/now-showing?date=${day}`}
      />
      <div className={styles['posters']} aria-hidden="true">
        {titles.map((title) => (
          <div key={title.id}>
            <Poster title={title} isDecorative />
          </div>
        ))}
      </div>
    </div>
  );
}
