import type { NotificationKind, NotificationSubjectType } from '../generated/graphql.ts';

/** The page of the thing that a notification is about; its whole address where that is one of the back office. */
export function subjectPath({ type, id }: { readonly type: NotificationSubjectType; readonly id: string }): string {
  const key = encodeURIComponent(id);
  switch (type) {
    case 'BOOKING':
      return `/bookings/${key}`;
    case 'SHOW':
      return `/shows/${key}`;
    case 'TITLE':
      return `/titles/${key}`;
    case 'SUPPORT_TICKET':
      return `/support/${key}`;
    case 'SUPPORT_CASE':
      return `/backoffice/desk/${key}`;
    case 'MEMBERSHIP':
      return '/membership';
    case 'RECURRING_PAYMENT':
      return '/recurring';
    case 'ORGANISATION':
      return '/account/organisations';
    case 'TICKET':
    case 'TICKET_TRANSFER':
      return '/tickets';
    case 'REVIEW':
      return '/account/reviews';
    case 'REFUND':
      return '/bookings';
  }
}

/** Where a notification leads of which only the kind and the booking are known. */
export function toastPath(kind: NotificationKind, bookingId: string | undefined): string {
  if (kind === 'SUPPORT') return '/support';
  if (kind === 'ACCOUNT') return '/account/security';
  return bookingId === undefined ? '/notifications' : `/bookings/${encodeURIComponent(bookingId)}`;
}
