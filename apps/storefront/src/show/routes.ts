import type { RouteObject } from 'react-router';

export const showRoutes: readonly RouteObject[] = [];
