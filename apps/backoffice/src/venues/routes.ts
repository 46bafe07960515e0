import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const venuesRoutes: readonly RouteObject[] = [];

export const venuesMenu: MenuEntry = {
  path: '/venues',
  group: 'venue',
  work: 'CATALOG',
  text: { en: 'Venues', de: 'Spielstätten', hi: 'स्थल' },
};
