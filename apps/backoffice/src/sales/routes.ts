import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const salesRoutes: readonly RouteObject[] = [{ path: '/sales', lazy: () => import('./sales-page.tsx') }];

export const salesMenu: MenuEntry = {
  path: '/sales',
  group: 'venue',
  work: 'SALES',
  text: { en: 'Live sales', de: 'Verkauf live', hi: 'लाइव बिक्री' },
};
