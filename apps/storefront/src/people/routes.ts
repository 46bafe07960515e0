import type { RouteObject } from 'react-router';

export const peopleRoutes: readonly RouteObject[] = [
  { path: '/sign-in', lazy: () => import('./sign-in-page.tsx') },
  { path: '/register', lazy: () => import('./register-page.tsx') },
  { path: '/join', lazy: () => import('./join-page.tsx') },
  { path: '/reset-password', lazy: () => import('./reset-password-page.tsx') },
  { path: '/verify-email', lazy: () => import('./verify-email-page.tsx') },
  { path: '/accept-invitation', lazy: () => import('./accept-invitation-page.tsx') },
];
