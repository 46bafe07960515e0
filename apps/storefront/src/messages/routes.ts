import type { RouteObject } from 'react-router';

export const messageRoutes: readonly RouteObject[] = [];
