import type { NoticeMessage } from './messages/index.ts';

const ofOne =
  (list: string) =>
  (id: string): string =>
    `${list}/${encodeURIComponent(id)}`;
const list = (path: string) => (): string => path;

/** The types of things that notices are about, beside the storefront's page of each, or of all. */
const PAGES = {
  BOOKING: ofOne('/bookings'),
  SHOW: ofOne('/shows'),
  TITLE: ofOne('/titles'),
  TICKET: list('/tickets'),
  TICKET_TRANSFER: list('/tickets'),
  REFUND: list('/bookings'),
  SUPPORT_TICKET: ofOne('/support'),
  REVIEW: list('/account/reviews'),
  ORGANISATION: list('/account/organisations'),
} as const;
export const SUBJECT_TYPES = Object.keys(PAGES) as (keyof typeof PAGES)[];
const ALL_NOTICES = '/notifications';

/** Notices to agents, about requests of customers. */
const TO_SUPPORT: ReadonlySet<NoticeMessage['key']> = new Set([
  'supportCustomerWrote',
  'supportAssigned',
  'supportOverdue',
  'supportUnassigned',
]);
const DESK = ofOne('/desk');

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

/** The addresses of the applications that notices lead to; none for notices without a link to one. */
export interface Sites {
  readonly storefrontUrl: string | undefined;
  readonly backofficeUrl: string | undefined;
}

/**
 * The page on which a notice goes on: of the storefront, with all notices where there is no other; of the back office for
 * who works there. Undefined where that application is not there.
 */
export function pageOf(
  { about, bookingId, message }: OfNotice & { readonly message: Pick<NoticeMessage, 'key'> },
  { storefrontUrl, backofficeUrl }: Sites,
): string | undefined {
  const subject = bookingId === null ? about : subjectOf({ bookingId });
  if (subject && TO_SUPPORT.has(message.key)) return below(backofficeUrl, DESK(subject.id));
  return below(storefrontUrl, subject ? PAGES[subject.type](subject.id) : ALL_NOTICES);
}

/** The page with all notices. */
export const allNotices = ({ storefrontUrl }: Sites): string | undefined => below(storefrontUrl, ALL_NOTICES);

function below(url: string | undefined, path: string): string | undefined {
  return url && `${url.replace(/\/+$/, '')}${path}`;
}
