import type { NotificationSubjectType } from '../generated/graphql.ts';

/** The page of the thing that a notification is about. */
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
    case 'ORGANISATION':
      return '/account/organisations';
    case 'TICKET':
    case 'TICKET_TRANSFER':
      return '/tickets';
    case 'REVIEW':
      return '/reviews';
    case 'REFUND':
      return '/bookings';
  }
}
