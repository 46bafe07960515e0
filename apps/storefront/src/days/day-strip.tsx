import { useFormats, useLocale, useTexts } from '@marquee/app-kit/text';
import { Link } from 'react-router';

import { dayTexts } from './texts.ts';
import styles from './day-strip.module.css';
import { dayAfter } from './days.ts';

export interface DayStripProps {
  readonly label: string;
  readonly days: readonly string[];
  readonly today: string;
  readonly selected: string | undefined;
  /** The days that have something; all when it is not known. */
  readonly open?: ReadonlySet<string>;
  readonly hrefOf: (day: string) => string;
}

/** Days to choose from, one beside the other. */
export function DayStrip({ label, days, today, selected, open, hrefOf }: DayStripProps) {
  const t = useTexts(dayTexts);
  const { day: write } = useFormats();
  const { tag } = useLocale().locale;
  const nameOf = (day: string): string => {
    if (day === today) return t('today');
    if (day === dayAfter(today, 1)) return t('tomorrow');
    return new Intl.DateTimeFormat(tag, { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  };
  const numberOf = (day: string): string =>
    new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
      new Date(`${day}T00:00:00Z`),
    );
  return (
    <nav aria-label={label} className={styles['strip']}>
      <ul>
        {days.map((day) => {
          const inside = (
            <>
              <span>{nameOf(day)}</span>
              <strong>{numberOf(day)}</strong>
            </>
          );
          return (
            <li key={day}>
              {open === undefined || open.has(day) ? (
                <Link
                  to={hrefOf(day)}
                  replace
                  preventScrollReset
                  className={styles['day']}
                  aria-current={day === selected ? 'date' : undefined}
                >
                  {inside}
                </Link>
              ) : (
                <span className={styles['closed']} title={t('nothing', { day: write(day) })}>
                  {inside}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
