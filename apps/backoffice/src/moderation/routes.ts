import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const moderationRoutes: readonly RouteObject[] = [
  { path: '/moderation', lazy: () => import('./moderation-page.tsx') },
  { path: '/reviews', lazy: () => import('./reviews-page.tsx') },
];

export const moderationMenu: MenuEntry = {
  path: '/moderation',
  group: 'customers',
  roles: ['SUPPORT_AGENT'],
  text: { en: 'Moderation', de: 'Moderation', hi: 'मॉडरेशन' },
};

export const reviewMenu: MenuEntry = {
  path: '/reviews',
  group: 'business',
  work: 'REVIEWS',
  text: { en: 'Reviews', de: 'Bewertungen', hi: 'समीक्षाएँ' },
};
