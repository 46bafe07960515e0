import { useTexts } from '@marquee/app-kit/text';
import { Badge, type Tone } from '@marquee/app-kit/ui';

import type { BookingStatus, TicketStatus } from '../generated/graphql.ts';
import { bookingsTexts } from './texts.ts';

export const BOOKING_STATUSES: readonly BookingStatus[] = [
  ...(['PENDING_PAYMENT', 'CONFIRMED', 'PARTIALLY_CANCELLED', 'CANCELLED'] as const),
  ...(['COMPLETED', 'EXPIRED', 'NEEDS_REVIEW'] as const),
];

const TONES: Readonly<Record<BookingStatus, Tone>> = {
  PENDING_PAYMENT: 'warning',
  CONFIRMED: 'good',
  PARTIALLY_CANCELLED: 'warning',
  CANCELLED: 'bad',
  COMPLETED: 'plain',
  EXPIRED: 'plain',
  NEEDS_REVIEW: 'bad',
};

export function BookingBadge({ status }: { readonly status: BookingStatus }) {
  const t = useTexts(bookingsTexts);
  return <Badge tone={TONES[status]}>{t(`status_${status}`)}</Badge>;
}

const TICKET_TONES: Readonly<Record<TicketStatus, Tone>> = { ISSUED: 'plain', CHECKED_IN: 'good', CANCELLED: 'bad' };

export function TicketBadge({ status }: { readonly status: TicketStatus }) {
  const t = useTexts(bookingsTexts);
  return <Badge tone={TICKET_TONES[status]}>{t(`ticket_${status}`)}</Badge>;
}
