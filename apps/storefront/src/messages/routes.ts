import { redirect, type RouteObject } from 'react-router';

import { subjectPath } from './subject.ts';

/** Things that mails name in an address of their own, and that are shown on a page with others. */
const NAMED_IN_MAILS = {
  tickets: 'TICKET',
  transfers: 'TICKET_TRANSFER',
  refunds: 'REFUND',
  reviews: 'REVIEW',
  organisations: 'ORGANISATION',
} as const;

export const messageRoutes: readonly RouteObject[] = [
  { path: '/notifications', lazy: () => import('./notifications-page.tsx') },
  ...Object.entries(NAMED_IN_MAILS).map(([path, type]): RouteObject => {
    return { path: `/${path}/:id`, loader: ({ params: { id = '' } }) => redirect(subjectPath({ type, id })) };
  }),
];
