import { useFormats, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Notice, Row } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import type { BookingDetails, MainBooking } from '../use-booking.ts';
import { bookingTexts } from './texts.ts';

interface BookingNewsProps {
  readonly booking: MainBooking;
  readonly details: BookingDetails;
}

/** News and duties of a booking, by its status. */
export function BookingNews({ booking, details }: BookingNewsProps) {
  const t = useTexts(bookingTexts);
  const { time } = useFormats();
  const { id, status, show, supportTickets } = booking;
  const cases = supportTickets ?? [];
  return (
    <>
      {status === 'PENDING_PAYMENT' && details.expiresAt !== null && (
        <Notice tone="warning">
          <Row>
            <span>{t('payUntil', { time: time(details.expiresAt, 'time') })}</span>
            <ButtonLink href={`/pay/${id}`}>{t('pay')}</ButtonLink>
          </Row>
        </Notice>
      )}
      {status === 'EXPIRED' && (
        <Notice tone="warning">
          <Row>
            <span>{t('expired')}</span>
            <ButtonLink kind="quiet" href={`/shows/${show.id}`}>
              {t('again')}
            </ButtonLink>
          </Row>
        </Notice>
      )}
      {status === 'NEEDS_REVIEW' && <Notice tone="warning">{t('review')}</Notice>}
      <p>
        {cases.length > 0 && (
          <>
            <Link to={cases.length === 1 ? `/support/${cases[0]?.id}` : '/support'}>
              {t('openCases', { count: cases.length })}
            </Link>{' '}
            ·{' '}
          </>
        )}
        <Link to={`/support/new?booking=${id}`}>{t('contact')}</Link>
      </p>
    </>
  );
}
