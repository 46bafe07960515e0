import { type MoneyValue, useFormats, useTexts } from '@marquee/app-kit/text';
import { Link } from 'react-router';

import { isOpen, type Sale, saleOf, type ShownShow } from './sale.ts';
import styles from './shows.module.css';
import { titleTexts } from './texts.ts';
import { useCatalogWords } from './words.ts';

export interface ShowLinkProps {
  readonly show: ShownShow & {
    readonly id: string;
    readonly startsAt: string;
    readonly endsAt: string;
    readonly language: string;
    readonly format: string;
    readonly screen: { readonly name: string };
    readonly priceFrom: MoneyValue;
  };
  readonly timeZone: string;
}

/** A show by its time; it leads to its seats while there is something to do. */
export function ShowLink({ show, timeZone }: ShowLinkProps) {
  const t = useTexts(titleTexts);
  const { time, money } = useFormats();
  const { language } = useCatalogWords();
  const sale = saleOf(show);
  const inside = (
    <>
      <span className={styles['time']}>
        <strong>{time(show.startsAt, 'time', timeZone)}</strong>{' '}
        <small>{t('until', { time: time(show.endsAt, 'time', timeZone) })}</small>
      </span>
      <span className={styles['detail']}>
        {show.format} · {language(show.language)}
      </span>
      <span className={styles['detail']}>{show.screen.name}</span>
      <span className={styles['foot']}>
        <span>{t('from', { price: money(show.priceFrom) })}</span>
        <State sale={sale} />
      </span>
    </>
  );
  return isOpen(sale) ? (
    <Link to={`/shows/${show.id}`} className={`${styles['show']} ${styles[sale] ?? ''}`}>
      {inside}
    </Link>
  ) : (
    <span className={`${styles['show']} ${styles['closed']}`}>{inside}</span>
  );
}

function State({ sale }: { readonly sale: Sale }) {
  const t = useTexts(titleTexts);
  return sale === 'open' ? null : <em className={styles['state']}>{t(sale)}</em>;
}
