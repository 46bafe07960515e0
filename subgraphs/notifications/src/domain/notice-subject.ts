/** The types of things that notices are about, beside the storefront's page of each. */
const PAGES = {
  BOOKING: 'bookings',
  SHOW: 'shows',
  TITLE: 'titles',
  TICKET: 'tickets',
  TICKET_TRANSFER: 'transfers',
  REFUND: 'refunds',
  SUPPORT_TICKET: 'support',
  REVIEW: 'reviews',
  ORGANISATION: 'organisations',
} as const;

/** A thing that a notice is about. */
export interface NoticeSubject {
  readonly type: keyof typeof PAGES;
  readonly id: string;
}

/** Of a notice; both null or absent for one without. */
interface OfNotice {
  readonly about?: NoticeSubject | null | undefined;
  readonly bookingId: string | null;
}

/** The thing that a notice is about: its booking where it names nothing else. Null for none. */
export function subjectOf({ about, bookingId }: OfNotice): NoticeSubject | null {
  return about ?? (bookingId === null ? null : { type: 'BOOKING', id: bookingId });
}

/** The path of the storefront's page on which a notice goes on; that with all notices where there is no other. */
export function pageOf({ about, bookingId }: OfNotice): string {
  const subject = bookingId === null ? about : subjectOf({ bookingId });
  return subject ? `/${PAGES[subject.type]}/${encodeURIComponent(subject.id)}` : '/notifications';
}
