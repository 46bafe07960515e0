import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const doorRoutes: readonly RouteObject[] = [];

export const doorMenu: MenuEntry = {
  path: '/door',
  group: 'venue',
  work: 'CHECK_IN',
  text: { en: 'Door', de: 'Einlass', hi: 'प्रवेश द्वार' },
};
