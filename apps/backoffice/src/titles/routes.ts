import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const titlesRoutes: readonly RouteObject[] = [
  { path: '/titles', lazy: () => import('./titles-page.tsx') },
  { path: '/titles/new', lazy: () => import('./new-title-page.tsx') },
  { path: '/titles/:id', lazy: () => import('./title-page.tsx') },
];

export const titlesMenu: MenuEntry = {
  path: '/titles',
  group: 'venue',
  work: 'CATALOG',
  text: { en: 'Titles', de: 'Titel', hi: 'फ़िल्में और कार्यक्रम' },
};
