import type { RouteObject } from 'react-router';

export const bookingRoutes: readonly RouteObject[] = [
  { path: '/bookings', lazy: () => import('./list/bookings-page.tsx') },
  { path: '/bookings/:id', lazy: () => import('./booking/booking-page.tsx') },
  { path: '/bookings/:id/cancel', lazy: () => import('./cancel/cancel-page.tsx') },
  { path: '/bookings/:id/move', lazy: () => import('./move/move-page.tsx') },
  { path: '/tickets', lazy: () => import('./tickets/tickets-page.tsx') },
  { path: '/accept-ticket', lazy: () => import('./accept/accept-page.tsx') },
];
