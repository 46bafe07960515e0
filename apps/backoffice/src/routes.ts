import type { RouteObject } from 'react-router';

/** Every page of the back office, by its part. Each is loaded when it is first opened. */
export const routes: readonly RouteObject[] = [{ path: '*', lazy: () => import('./frame/not-found.tsx') }];
