import type { RouteObject } from 'react-router';

export const discoveryRoutes: readonly RouteObject[] = [
  { path: '/', lazy: () => import('./home-page.tsx') },
  { path: '/now-showing', lazy: () => import('./now-showing-page.tsx') },
];
