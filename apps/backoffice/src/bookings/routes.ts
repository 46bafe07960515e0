import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const bookingsRoutes: readonly RouteObject[] = [];

export const bookingsMenu: MenuEntry = {
  path: '/bookings',
  group: 'venue',
  work: 'BOOKINGS',
  text: { en: 'Bookings', de: 'Buchungen', hi: 'बुकिंग' },
};
