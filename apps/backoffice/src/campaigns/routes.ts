import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const campaignRoutes: readonly RouteObject[] = [
  { path: '/campaigns', lazy: () => import('./campaigns-page.tsx') },
  { path: '/campaigns/new', lazy: () => import('./new-campaign-page.tsx') },
  { path: '/campaigns/:campaignId', lazy: () => import('./campaign-page.tsx') },
];

export const campaignMenu: MenuEntry = {
  path: '/campaigns',
  group: 'business',
  work: 'CAMPAIGNS',
  text: { en: 'Campaigns', de: 'Kampagnen', hi: 'अभियान' },
};
