import { defineTexts, useTexts } from '@marquee/app-kit/text';
import { Badge, type Tone } from '@marquee/app-kit/ui';

import type { BookingStatus, TicketStatus } from '../generated/graphql.ts';

const texts = defineTexts({
  en: {
    PENDING_PAYMENT: 'Awaits payment',
    CONFIRMED: 'Confirmed',
    PARTIALLY_CANCELLED: 'Partly cancelled',
    CANCELLED: 'Cancelled',
    COMPLETED: 'Seen',
    EXPIRED: 'Not paid in time',
    NEEDS_REVIEW: 'Support is looking at it',
    ISSUED: 'Valid',
    CHECKED_IN: 'Used',
  },
  de: {
    PENDING_PAYMENT: 'Noch nicht bezahlt',
    CONFIRMED: 'Bestätigt',
    PARTIALLY_CANCELLED: 'Teilweise storniert',
    CANCELLED: 'Storniert',
    COMPLETED: 'Besucht',
    EXPIRED: 'Nicht rechtzeitig bezahlt',
    NEEDS_REVIEW: 'Beim Support in Prüfung',
    ISSUED: 'Gültig',
    CHECKED_IN: 'Eingelöst',
  },
  hi: {
    PENDING_PAYMENT: 'भुगतान बाकी',
    CONFIRMED: 'पक्की',
    PARTIALLY_CANCELLED: 'आंशिक रूप से रद्द',
    CANCELLED: 'रद्द',
    COMPLETED: 'देखा गया',
    EXPIRED: 'समय पर भुगतान नहीं हुआ',
    NEEDS_REVIEW: 'सहायता टीम देख रही है',
    ISSUED: 'मान्य',
    CHECKED_IN: 'उपयोग हो चुका',
  },
});

const TONES: Readonly<Record<BookingStatus | TicketStatus, Tone>> = {
  PENDING_PAYMENT: 'warning',
  CONFIRMED: 'good',
  PARTIALLY_CANCELLED: 'warning',
  CANCELLED: 'bad',
  COMPLETED: 'plain',
  EXPIRED: 'plain',
  NEEDS_REVIEW: 'warning',
  ISSUED: 'good',
  CHECKED_IN: 'plain',
};

/** The status of a booking or a ticket, as a mark. */
export function StatusBadge({ status }: { readonly status: BookingStatus | TicketStatus }) {
  const t = useTexts(texts);
  return <Badge tone={TONES[status]}>{t(status)}</Badge>;
}

/** The text of a status, for what screen readers are told. */
export function useStatusText(): (status: BookingStatus | TicketStatus) => string {
  return useTexts(texts);
}
