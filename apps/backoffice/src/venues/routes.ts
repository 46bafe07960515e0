import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const venuesRoutes: readonly RouteObject[] = [
  { path: '/venues', lazy: () => import('./venues-page.tsx') },
  { path: '/venues/new', lazy: () => import('./new-venue-page.tsx') },
  { path: '/venues/:id', lazy: () => import('./venue-page.tsx') },
];

export const venuesMenu: MenuEntry = {
  path: '/venues',
  group: 'venue',
  work: 'CATALOG',
  text: { en: 'Venues', de: 'Spielstätten', hi: 'स्थल' },
};
