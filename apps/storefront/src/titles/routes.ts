import type { RouteObject } from 'react-router';

export const titleRoutes: readonly RouteObject[] = [{ path: '/titles/:id', lazy: () => import('./title-page.tsx') }];
