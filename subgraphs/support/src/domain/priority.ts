export type SupportCategory = 'BOOKING' | 'PAYMENT' | 'ACCOUNT' | 'OTHER';
export type SupportPriority = 'LOW' | 'NORMAL' | 'HIGH' | 'URGENT';

/** The booking that a ticket is about, as its priority depends on it. */
export interface BookingConcerned {
  readonly status: string;
  readonly startsAt: Date;
}

const HOUR_MS = 60 * 60_000;
const VERY_SOON_MS = 3 * HOUR_MS;
const SOON_MS = 48 * HOUR_MS;
/** Money was taken, or is about to be, and the seats are not certain. */
const UNCERTAIN: readonly string[] = ['PENDING_PAYMENT', 'NEEDS_REVIEW'];
const USUAL: Readonly<Record<SupportCategory, SupportPriority>> = {
  BOOKING: 'NORMAL',
  PAYMENT: 'NORMAL',
  ACCOUNT: 'NORMAL',
  OTHER: 'LOW',
};

/** The priority with which a ticket is opened: the sooner the show and the less certain the booking, the higher. */
export function openingPriority(
  category: SupportCategory,
  booking: BookingConcerned | null,
  now: Date,
): SupportPriority {
  if (booking === null) return USUAL[category];
  const untilShow = booking.startsAt.getTime() - now.getTime();
  if (untilShow > 0 && untilShow <= VERY_SOON_MS) return 'URGENT';
  if (untilShow > 0 && untilShow <= SOON_MS) return 'HIGH';
  return UNCERTAIN.includes(booking.status) ? 'HIGH' : USUAL[category];
}
