import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const riskRoutes: readonly RouteObject[] = [{ path: '/risk', lazy: () => import('./risk-page.tsx') }];

export const riskMenu: MenuEntry = {
  path: '/risk',
  group: 'system',
  roles: ['ANALYST'],
  text: { en: 'Risk cases', de: 'Risikofälle', hi: 'जोखिम के मामले' },
};
