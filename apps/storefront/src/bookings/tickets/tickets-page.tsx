import { useTexts } from '@marquee/app-kit/text';
import { Page } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { SignedInPage } from '../../session/index.ts';
import { ticketTexts } from './texts.ts';
import { TicketList } from './ticket-list.tsx';

/** The tickets that admit the person, whoever bought them. */
export function Component() {
  const t = useTexts(ticketTexts);
  return (
    <SignedInPage title={t('title')}>
      <Page title={t('title')}>
        <p>
          <Link to="/bookings">← {t('bookings')}</Link>
        </p>
        <TicketList />
      </Page>
    </SignedInPage>
  );
}
