import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const scheduleRoutes: readonly RouteObject[] = [
  { path: '/schedule', lazy: () => import('./schedule-page.tsx') },
  { path: '/schedule/new', lazy: () => import('./plan-page.tsx') },
  { path: '/schedule/shows/:id', lazy: () => import('./show-page.tsx') },
];

export const scheduleMenu: MenuEntry = {
  path: '/schedule',
  group: 'venue',
  work: 'CATALOG',
  text: { en: 'Schedule', de: 'Spielplan', hi: 'शो कार्यक्रम' },
};
