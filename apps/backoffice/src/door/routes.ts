import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const doorRoutes: readonly RouteObject[] = [
  { path: '/door', lazy: () => import('./door-page.tsx') },
  { path: '/door/:showId', lazy: () => import('./scanner-page.tsx') },
  { path: '/door/:showId/people', lazy: () => import('./people-page.tsx') },
];

export const doorMenu: MenuEntry = {
  path: '/door',
  group: 'venue',
  work: 'CHECK_IN',
  text: { en: 'Door', de: 'Einlass', hi: 'प्रवेश द्वार' },
};
