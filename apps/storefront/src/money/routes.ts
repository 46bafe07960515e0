import type { RouteObject } from 'react-router';

export const moneyRoutes: readonly RouteObject[] = [
  { path: '/wallet', lazy: () => import('./wallet/wallet-page.tsx') },
  { path: '/cards', lazy: () => import('./cards/cards-page.tsx') },
  { path: '/membership', lazy: () => import('./membership/membership-page.tsx') },
  { path: '/recurring', lazy: () => import('./recurring/recurring-page.tsx') },
  { path: '/invoices', lazy: () => import('./invoices/invoices-page.tsx') },
  { path: '/referral', lazy: () => import('./referral/referral-page.tsx') },
];
