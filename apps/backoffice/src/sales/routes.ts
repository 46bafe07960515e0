import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const salesRoutes: readonly RouteObject[] = [];

export const salesMenu: MenuEntry = {
  path: '/sales',
  group: 'venue',
  work: 'SALES',
  text: { en: 'Live sales', de: 'Verkauf live', hi: 'लाइव बिक्री' },
};
