import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const deskRoutes: readonly RouteObject[] = [
  { path: '/desk', lazy: () => import('./queue-page.tsx') },
  { path: '/desk/:ticketId', lazy: () => import('./ticket-page.tsx') },
  { path: '/help-articles', lazy: () => import('./articles-page.tsx') },
  { path: '/help-articles/new', lazy: () => import('./article-page.tsx') },
  { path: '/help-articles/:articleId', lazy: () => import('./article-page.tsx') },
];

export const deskMenu: MenuEntry = {
  path: '/desk',
  group: 'customers',
  roles: ['SUPPORT_AGENT'],
  text: { en: 'Support desk', de: 'Support', hi: 'सहायता डेस्क' },
};

export const articleMenu: MenuEntry = {
  path: '/help-articles',
  group: 'customers',
  roles: ['SUPPORT_AGENT'],
  text: { en: 'Help articles', de: 'Hilfeartikel', hi: 'सहायता लेख' },
};
