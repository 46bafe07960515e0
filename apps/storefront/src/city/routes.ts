import type { RouteObject } from 'react-router';

export const cityRoutes: readonly RouteObject[] = [{ path: '/cities/:id', lazy: () => import('./city-page.tsx') }];
