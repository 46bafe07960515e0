import type { RouteObject } from 'react-router';

export const frameRoutes: readonly RouteObject[] = [
  { path: '/', lazy: () => import('./home-page.tsx') },
  { path: '/sign-in', lazy: () => import('./sign-in-page.tsx') },
];
