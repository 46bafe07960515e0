import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Row } from '@marquee/app-kit/ui';
import { useSearchParams } from 'react-router';

import { PaymentOutcome } from '../../paying/index.ts';
import type { BookingDetails, MainBooking } from '../use-booking.ts';
import styles from './booking.module.css';
import { BookingNews } from './booking-news.tsx';

import { Masthead } from './masthead.tsx';
import { Payments } from './payments.tsx';
import { PendingMove } from './pending-move.tsx';
import { PriceLines } from './price-lines.tsx';
import { bookingTexts } from './texts.ts';
import { CalendarButton } from '../tickets/document-buttons.tsx';
import { TicketCard } from './ticket-card.tsx';
import { Timeline } from './timeline.tsx';

export interface BookingViewProps {
  readonly booking: MainBooking;
  readonly details: BookingDetails;
  /** Called when something was changed that the answer does not show. */
  readonly onChange: () => void;
}

export function BookingView({ booking, details, onChange }: BookingViewProps) {
  const t = useTexts(bookingTexts);
  const [search] = useSearchParams();
  const paymentId = search.get('payment');
  // A moved booking keeps its old tickets as cancelled ones.
  const valid = booking.tickets.filter(({ status }) => status !== 'CANCELLED');
  const shown = valid.length > 0 ? valid : booking.tickets;
  const isRunning = booking.status === 'CONFIRMED' || booking.status === 'PARTIALLY_CANCELLED';
  const canMove = isRunning && details.pendingReschedule === null && valid.every(({ status }) => status === 'ISSUED');
  return (
    <>
      <Masthead booking={booking} details={details} />
      <BookingNews booking={booking} details={details} />
      {paymentId !== null && <PaymentOutcome key={paymentId} paymentId={paymentId} onEnd={onChange} />}
      {details.pendingReschedule && (
        <PendingMove id={booking.id} move={details.pendingReschedule} onChange={onChange} />
      )}
      <div className={styles['columns']}>
        <div className={styles['main']}>
          {shown.length > 0 && (
            <section aria-labelledby="tickets" className={styles['section']}>
              <h2 id="tickets">{t('tickets')}</h2>
              <ul className={styles['tickets']}>
                {shown.map((ticket) => (
                  <li key={ticket.id}>
                    <TicketCard
                      ticket={ticket}
                      booking={booking}
                      details={details}
                      more={details.tickets.find(({ id }) => id === ticket.id)}
                    />
                  </li>
                ))}
              </ul>
            </section>
          )}
          {isRunning && (
            <Row>
              <CalendarButton bookingId={booking.id} />
              {canMove && (
                <ButtonLink kind="quiet" href={`/bookings/${booking.id}/move`}>
                  {t('move')}
                </ButtonLink>
              )}
              <ButtonLink kind="danger" href={`/bookings/${booking.id}/cancel`}>
                {t('cancel')}
              </ButtonLink>
            </Row>
          )}
        </div>
        <aside className={styles['side']} aria-label={t('price')}>
          <PriceLines booking={booking} details={details} />
          <Payments booking={booking} details={details} />
          {booking.timeline.length > 0 && (
            <section aria-labelledby="timeline" className={styles['section']}>
              <h2 id="timeline">{t('timeline')}</h2>
              <Timeline entries={booking.timeline} />
            </section>
          )}
        </aside>
      </div>
    </>
  );
}
