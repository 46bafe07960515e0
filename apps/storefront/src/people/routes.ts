import type { RouteObject } from 'react-router';

export const peopleRoutes: readonly RouteObject[] = [
  { path: '/sign-in', lazy: () => import('./sign-in-page.tsx') },
  { path: '/register', lazy: () => import('./register-page.tsx') },
  { path: '/join', lazy: () => import('./join-page.tsx') },
  { path: '/reset-password', lazy: () => import('./reset-password-page.tsx') },
  { path: '/verify-email', lazy: () => import('./verify-email-page.tsx') },
  { path: '/accept-invitation', lazy: () => import('./accept-invitation-page.tsx') },
  { path: '/account', lazy: () => import('./account/profile-page.tsx') },
  { path: '/account/security', lazy: () => import('./account/security-page.tsx') },
  { path: '/account/notifications', lazy: () => import('./account/notifications-page.tsx') },
  { path: '/account/organisations', lazy: () => import('./account/organisations-page.tsx') },
  { path: '/account/reviews', lazy: () => import('./account/reviews-page.tsx') },
  { path: '/account/history', lazy: () => import('./account/history-page.tsx') },
  { path: '/account/privacy', lazy: () => import('./account/privacy-page.tsx') },
];
