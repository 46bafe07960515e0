import type { RouteObject } from 'react-router';

export const checkoutRoutes: readonly RouteObject[] = [
  { path: '/checkout/:holdId', lazy: () => import('./checkout-page.tsx') },
  { path: '/pay/:bookingId', lazy: () => import('./pay-page.tsx') },
  { path: '/pay/:bookingId/return', lazy: () => import('./return-page.tsx') },
  { path: '/pay/:bookingId/done', lazy: () => import('./done-page.tsx') },
];
