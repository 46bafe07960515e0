import type { RouteObject } from 'react-router';

export const messageRoutes: readonly RouteObject[] = [
  { path: '/notifications', lazy: () => import('./notifications-page.tsx') },
];
