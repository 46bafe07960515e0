import type { RouteObject } from 'react-router';

export const showRoutes: readonly RouteObject[] = [
  { path: '/shows/:id', lazy: () => import('./show-page.tsx') },
  { path: '/measure/seat-map', lazy: () => import('./measure/measure-page.tsx') },
];
