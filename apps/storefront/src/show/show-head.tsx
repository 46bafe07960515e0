import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Soft } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { useCatalogWords } from '../titles/words.ts';
import styles from './show.module.css';
import { showTexts } from './texts.ts';
import type { ShowOnSale } from './use-show.ts';

/** The title of a show, when and where. */
export function ShowHead({ show }: { readonly show: ShowOnSale }) {
  const { time } = useFormats();
  const words = useCatalogWords();
  const { title, venue, screen, startsAt, format, language } = show;
  return (
    <header className={styles['head']}>
      <h1>
        <Link to={`/titles/${title.id}`}>{title.name}</Link>
      </h1>
      <p>
        <time dateTime={startsAt}>{time(startsAt, 'moment', venue.city.timeZone)}</time> ·{' '}
        <Link to={`/venues/${venue.id}`}>{venue.name}</Link>, {screen.name}{' '}
        <Soft>
          · {format} · {words.language(language)}
        </Soft>
      </p>
    </header>
  );
}

/** Why there is nothing to buy, where that is so. */
export function useClosedText(show: ShowOnSale): string | undefined {
  const t = useTexts(showTexts);
  const { time } = useFormats();
  if (show.status === 'CANCELLED') return t('cancelled');
  if (show.status === 'CLOSED') return t('closed');
  if (show.status === 'SCHEDULED')
    return t('opensAt', { at: time(show.salesOpenAt, 'moment', show.venue.city.timeZone) });
  return undefined;
}
