import type { NoticeMessage } from './messages/index.ts';

const ofOne =
  (list: string) =>
  (id: string): string =>
    `${list}/${encodeURIComponent(id)}`;
const list = (path: string) => (): string => path;

/** The types of things that notices are about, beside the page of each, or of all: the desk's, else the storefront's. */
const PAGES = {
  BOOKING: ofOne('/bookings'),
  SHOW: ofOne('/shows'),
  TITLE: ofOne('/titles'),
  TICKET: list('/tickets'),
  TICKET_TRANSFER: list('/tickets'),
  REFUND: list('/bookings'),
  SUPPORT_TICKET: ofOne('/support'),
  SUPPORT_CASE: ofOne('/desk'),
  MEMBERSHIP: list('/membership'),
  RECURRING_PAYMENT: list('/recurring'),
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

/** A thing that a notice is about. */
export interface NoticeSubject {
  readonly type: keyof typeof PAGES;
  readonly id: string;
}

/** Of a notice; both null or absent for one without. */
interface OfNotice {
  readonly about?: NoticeSubject | null | undefined;
  readonly bookingId: string | null;
  /** Null or absent for one from before messages. */
  readonly message?: Pick<NoticeMessage, 'key'> | null | undefined;
}

/**
 * The thing that a notice is about: its booking where it names nothing else; for an agent, a request is a case of the
 * desk. Null for none.
 */
export function subjectOf({ about, bookingId, message }: OfNotice): NoticeSubject | null {
  if (!about) return bookingId === null ? null : { type: 'BOOKING', id: bookingId };
  const isCase = about.type === 'SUPPORT_TICKET' && message && TO_SUPPORT.has(message.key);
  return isCase ? { ...about, type: 'SUPPORT_CASE' } : about;
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
  { about, bookingId, message }: OfNotice,
  { storefrontUrl, backofficeUrl }: Sites,
): string | undefined {
  const subject = subjectOf(bookingId === null ? { about, bookingId, message } : { bookingId });
  const site = subject?.type === 'SUPPORT_CASE' ? backofficeUrl : storefrontUrl;
  return below(site, subject ? PAGES[subject.type](subject.id) : ALL_NOTICES);
}

/** The page with all notices. */
export const allNotices = ({ storefrontUrl }: Sites): string | undefined => below(storefrontUrl, ALL_NOTICES);

function below(url: string | undefined, path: string): string | undefined {
  return url && `${url.replace(/\/+$/, '')}${path}`;
}
