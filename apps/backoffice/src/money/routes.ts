import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const moneyRoutes: readonly RouteObject[] = [
  { path: '/payouts', lazy: () => import('./payouts-page.tsx') },
  { path: '/plans', lazy: () => import('./plans-page.tsx') },
];

export const payoutMenu: MenuEntry = {
  path: '/payouts',
  group: 'business',
  work: 'FINANCE',
  text: { en: 'Payouts', de: 'Auszahlungen', hi: 'भुगतान' },
};

export const planMenu: MenuEntry = {
  path: '/plans',
  group: 'business',
  roles: ['ADMIN'],
  text: { en: 'Membership plans', de: 'Mitgliedschaften', hi: 'सदस्यता योजनाएँ' },
};
