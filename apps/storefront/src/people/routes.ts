import type { RouteObject } from 'react-router';

export const peopleRoutes: readonly RouteObject[] = [{ path: '/sign-in', lazy: () => import('./sign-in-page.tsx') }];
