import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const reportRoutes: readonly RouteObject[] = [
  { path: '/reports', lazy: () => import('./sales-page.tsx') },
  { path: '/reports/funnel', lazy: () => import('./funnel-page.tsx') },
  { path: '/reports/traffic', lazy: () => import('./traffic-page.tsx') },
];

export const reportMenu: MenuEntry = {
  path: '/reports',
  group: 'business',
  roles: ['ANALYST'],
  work: 'SALES',
  text: { en: 'Reports', de: 'Berichte', hi: 'रिपोर्ट' },
};
