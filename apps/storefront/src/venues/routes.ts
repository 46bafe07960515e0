import type { RouteObject } from 'react-router';

export const venueRoutes: readonly RouteObject[] = [{ path: '/venues/:id', lazy: () => import('./venue-page.tsx') }];
