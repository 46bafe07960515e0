import type { RouteObject } from 'react-router';

import { bookingsRoutes } from './bookings/routes.ts';
import { campaignRoutes } from './campaigns/routes.ts';
import { couponRoutes } from './coupons/routes.ts';
import { deskRoutes } from './desk/routes.ts';
import { doorRoutes } from './door/routes.ts';
import { frameRoutes } from './frame/routes.ts';
import { moderationRoutes } from './moderation/routes.ts';
import { moneyRoutes } from './money/routes.ts';
import { reportRoutes } from './reports/routes.ts';
import { riskRoutes } from './risk/routes.ts';
import { salesRoutes } from './sales/routes.ts';
import { scheduleRoutes } from './schedule/routes.ts';
import { titlesRoutes } from './titles/routes.ts';
import { userRoutes } from './users/routes.ts';
import { venuesRoutes } from './venues/routes.ts';

/** Every page of the back office, by its part. Each is loaded when it is first opened. */
export const routes: readonly RouteObject[] = [
  ...frameRoutes,
  ...scheduleRoutes,
  ...salesRoutes,
  ...doorRoutes,
  ...bookingsRoutes,
  ...titlesRoutes,
  ...venuesRoutes,
  ...reportRoutes,
  ...couponRoutes,
  ...campaignRoutes,
  ...moneyRoutes,
  ...deskRoutes,
  ...moderationRoutes,
  ...userRoutes,
  ...riskRoutes,
  { path: '*', lazy: () => import('./frame/not-found.tsx') },
];
