import { useTexts } from '@marquee/app-kit/text';
import { Page } from '@marquee/app-kit/ui';
import { Link, useSearchParams } from 'react-router';

import type { BookingStatus } from '../../generated/graphql.ts';
import { SignedInPage } from '../../session/index.ts';
import { BookingList } from './booking-list.tsx';
import styles from './list.module.css';
import { listTexts } from './texts.ts';
import { Unpaid } from './unpaid.tsx';

const UPCOMING: readonly BookingStatus[] = ['CONFIRMED', 'PARTIALLY_CANCELLED', 'NEEDS_REVIEW'];
const PAST: readonly BookingStatus[] = ['COMPLETED', 'CANCELLED', 'EXPIRED'];

/** Bookings of the person: those that are coming up, or those that are over. */
export function Component() {
  const t = useTexts(listTexts);
  const [search] = useSearchParams();
  const isPast = search.get('show') === 'past';
  return (
    <SignedInPage title={t('title')}>
      <Page title={t('title')}>
        <Unpaid />
        <nav className={styles['tabs']} aria-label={t('which')}>
          <Link to="/bookings" aria-current={isPast ? undefined : 'page'}>
            {t('upcoming')}
          </Link>
          <Link to="/bookings?show=past" aria-current={isPast ? 'page' : undefined}>
            {t('past')}
          </Link>
          <Link to="/tickets" className={styles['aside']}>
            {t('tickets')}
          </Link>
        </nav>
        <BookingList key={String(isPast)} status={isPast ? PAST : UPCOMING} isPast={isPast} />
      </Page>
    </SignedInPage>
  );
}
