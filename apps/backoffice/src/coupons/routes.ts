import type { RouteObject } from 'react-router';

import type { MenuEntry } from '../frame/menu-entry.ts';

export const couponRoutes: readonly RouteObject[] = [
  { path: '/coupons', lazy: () => import('./coupons-page.tsx') },
  { path: '/coupons/new', lazy: () => import('./new-coupon-page.tsx') },
  { path: '/coupons/:couponId', lazy: () => import('./coupon-page.tsx') },
];

export const couponMenu: MenuEntry = {
  path: '/coupons',
  group: 'business',
  roles: ['ADMIN'],
  work: 'COUPONS',
  text: { en: 'Coupons', de: 'Gutscheine', hi: 'कूपन' },
};
