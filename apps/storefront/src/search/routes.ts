import type { RouteObject } from 'react-router';

export const searchRoutes: readonly RouteObject[] = [{ path: '/search', lazy: () => import('./search-page.tsx') }];
