import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const userRoutes: readonly RouteObject[] = [
  { path: '/users', lazy: () => import('./users-page.tsx') },
  { path: '/users/:userId', lazy: () => import('./user-page.tsx') },
  { path: '/organisation', lazy: () => import('./organisation-page.tsx') },
  { path: '/organisations/new', lazy: () => import('./new-organisation-page.tsx') },
  { path: '/organisations/:organisationId', lazy: () => import('./organisation-page.tsx') },
  { path: '/audit-log', lazy: () => import('./audit-page.tsx') },
];

export const userMenu: MenuEntry = {
  path: '/users',
  group: 'system',
  roles: ['SUPPORT_AGENT'],
  text: { en: 'Users', de: 'Konten', hi: 'उपयोगकर्ता' },
};

export const organisationMenu: MenuEntry = {
  path: '/organisation',
  group: 'business',
  roles: ['PARTNER'],
  work: 'MEMBERS',
  text: { en: 'Organisation', de: 'Organisation', hi: 'संगठन' },
};

export const auditMenu: MenuEntry = {
  path: '/audit-log',
  group: 'system',
  roles: ['ADMIN'],
  text: { en: 'Audit log', de: 'Protokoll', hi: 'ऑडिट लॉग' },
};
