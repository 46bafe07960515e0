import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const bookingsRoutes: readonly RouteObject[] = [
  { path: '/bookings', lazy: () => import('./bookings-page.tsx') },
  { path: '/bookings/:id', lazy: () => import('./booking-page.tsx') },
  { path: '/bookings/shows/:showId/seats', lazy: () => import('../seats/seats-page.tsx') },
];

export const bookingsMenu: MenuEntry = {
  path: '/bookings',
  group: 'venue',
  work: 'BOOKINGS',
  roles: ['SUPPORT_AGENT'],
  text: { en: 'Bookings', de: 'Buchungen', hi: 'बुकिंग' },
};
