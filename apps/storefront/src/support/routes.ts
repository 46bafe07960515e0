import type { RouteObject } from 'react-router';

export const supportRoutes: readonly RouteObject[] = [
  { path: '/help', lazy: () => import('./help-page.tsx') },
  { path: '/help/:id', lazy: () => import('./article-page.tsx') },
  { path: '/support', lazy: () => import('./tickets-page.tsx') },
  { path: '/support/new', lazy: () => import('./new-ticket-page.tsx') },
  { path: '/support/:id', lazy: () => import('./ticket-page.tsx') },
];
