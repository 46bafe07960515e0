import { defineTexts, useFormats, useTexts } from '@marquee/app-kit/text';

import type { BookingTimelineType } from '../../generated/graphql.ts';
import styles from './booking.module.css';

const texts = defineTexts<BookingTimelineType>({
  en: {
    REQUESTED: 'Booked',
    PAYMENT_FAILED: 'A payment was declined',
    CONFIRMED: 'Paid, tickets issued',
    EXPIRED: 'Not paid in time',
    CANCELLED: 'Tickets cancelled',
    REFUND_REQUESTED: 'Refund requested',
    REFUNDED: 'Refunded',
    NEEDS_REVIEW: 'The refund waits for our support',
    REVIEW_DECIDED: 'Our support has decided',
    SHOW_MOVED: 'The show was moved to another time',
    RESCHEDULE_REQUESTED: 'New seats kept until the difference is paid',
    RESCHEDULE_EXPIRED: 'The difference was not paid, nothing changed',
    RESCHEDULED: 'Moved to another show',
    COMPLETED: 'The show is over',
  },
  de: {
    REQUESTED: 'Gebucht',
    PAYMENT_FAILED: 'Eine Zahlung wurde abgelehnt',
    CONFIRMED: 'Bezahlt, Tickets ausgestellt',
    EXPIRED: 'Nicht rechtzeitig bezahlt',
    CANCELLED: 'Tickets storniert',
    REFUND_REQUESTED: 'Erstattung veranlasst',
    REFUNDED: 'Erstattet',
    NEEDS_REVIEW: 'Die Erstattung wartet auf unseren Support',
    REVIEW_DECIDED: 'Unser Support hat entschieden',
    SHOW_MOVED: 'Die Vorstellung wurde verlegt',
    RESCHEDULE_REQUESTED: 'Neue Plätze reserviert, bis die Differenz bezahlt ist',
    RESCHEDULE_EXPIRED: 'Die Differenz wurde nicht bezahlt, nichts hat sich geändert',
    RESCHEDULED: 'Auf eine andere Vorstellung umgebucht',
    COMPLETED: 'Die Vorstellung ist vorbei',
  },
  hi: {
    REQUESTED: 'बुक किया गया',
    PAYMENT_FAILED: 'एक भुगतान अस्वीकृत हुआ',
    CONFIRMED: 'भुगतान हुआ, टिकट जारी हुए',
    EXPIRED: 'समय पर भुगतान नहीं हुआ',
    CANCELLED: 'टिकट रद्द किए गए',
    REFUND_REQUESTED: 'धनवापसी माँगी गई',
    REFUNDED: 'राशि लौटाई गई',
    NEEDS_REVIEW: 'धनवापसी सहायता टीम के पास है',
    REVIEW_DECIDED: 'सहायता टीम ने निर्णय लिया',
    SHOW_MOVED: 'शो का समय बदला गया',
    RESCHEDULE_REQUESTED: 'अंतर के भुगतान तक नई सीटें सुरक्षित',
    RESCHEDULE_EXPIRED: 'अंतर का भुगतान नहीं हुआ, कुछ नहीं बदला',
    RESCHEDULED: 'दूसरे शो में बदला गया',
    COMPLETED: 'शो समाप्त हुआ',
  },
});

interface TimelineProps {
  readonly entries: readonly { readonly type: BookingTimelineType; readonly at: string }[];
}

/** The events of a booking, the oldest first. */
export function Timeline({ entries }: TimelineProps) {
  const t = useTexts(texts);
  const { time } = useFormats();
  return (
    <ol className={styles['timeline']}>
      {entries.map(({ type, at }, index) => (
        <li key={index}>
          <span>{t(type)}</span>
          <time dateTime={at}>{time(at, 'exact')}</time>
        </li>
      ))}
    </ol>
  );
}
