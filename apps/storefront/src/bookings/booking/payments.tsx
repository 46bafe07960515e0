import { defineTexts, useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, type Tone } from '@marquee/app-kit/ui';

import type { PaymentStatus } from '../../generated/graphql.ts';
import type { BookingDetails, MainBooking } from '../use-booking.ts';
import styles from './booking.module.css';
import { bookingTexts } from './texts.ts';

const texts = defineTexts<PaymentStatus | 'PENDING'>({
  en: {
    REQUIRES_ACTION: 'Waits for you',
    PROCESSING: 'In progress',
    SUCCEEDED: 'Done',
    FAILED: 'Failed',
    CANCELLED: 'Cancelled',
    PENDING: 'On its way',
  },
  de: {
    REQUIRES_ACTION: 'Wartet auf Sie',
    PROCESSING: 'In Arbeit',
    SUCCEEDED: 'Erledigt',
    FAILED: 'Fehlgeschlagen',
    CANCELLED: 'Abgebrochen',
    PENDING: 'Unterwegs',
  },
  hi: {
    REQUIRES_ACTION: 'आपकी प्रतीक्षा में',
    PROCESSING: 'जारी है',
    SUCCEEDED: 'पूरा हुआ',
    FAILED: 'विफल',
    CANCELLED: 'रद्द',
    PENDING: 'रास्ते में',
  },
});

const TONES: Readonly<Record<PaymentStatus | 'PENDING', Tone>> = {
  REQUIRES_ACTION: 'warning',
  PROCESSING: 'plain',
  SUCCEEDED: 'good',
  FAILED: 'bad',
  CANCELLED: 'plain',
  PENDING: 'plain',
};

interface PaymentsProps {
  readonly booking: MainBooking;
  readonly details: BookingDetails;
}

/** The payments of a booking, each with what was given back of it. */
export function Payments({ booking, details }: PaymentsProps) {
  const t = useTexts(bookingTexts);
  const status = useTexts(texts);
  const { money, time } = useFormats();
  const payments = booking.payments ?? [];
  if (payments.length === 0) return null;
  return (
    <section aria-labelledby="payments" className={styles['section']}>
      <h2 id="payments">{t('payments')}</h2>
      <ul className={styles['payments']}>
        {payments.map((payment) => {
          const more = details.payments?.find(({ id }) => id === payment.id);
          return (
            <li key={payment.id}>
              <div className={styles['payment']}>
                <span>
                  {t(payment.method)} <span className={styles['note']}>{more && time(more.createdAt, 'exact')}</span>
                </span>
                <Badge tone={TONES[payment.status]}>{status(payment.status)}</Badge>
                <span className={styles['amount']}>{money(payment.amount)}</span>
              </div>
              {more?.refunds.map((refund) => (
                <div key={refund.id} className={styles['payment']}>
                  <span>
                    {t('refund')} <span className={styles['note']}>{time(refund.createdAt, 'exact')}</span>
                  </span>
                  <Badge tone={TONES[refund.status]}>{status(refund.status)}</Badge>
                  <span className={styles['amount']}>{money({ ...refund.amount, amount: -refund.amount.amount })}</span>
                </div>
              ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
