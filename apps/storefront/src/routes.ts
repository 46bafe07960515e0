import type { RouteObject } from 'react-router';

import { bookingRoutes } from './bookings/routes.ts';
import { checkoutRoutes } from './checkout/routes.ts';
import { discoveryRoutes } from './home/routes.ts';
import { messageRoutes } from './messages/routes.ts';
import { moneyRoutes } from './money/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { showRoutes } from './show/routes.ts';
import { supportRoutes } from './support/routes.ts';

/** Every page of the storefront, by its part. Each is loaded when it is first opened. */
export const routes: readonly RouteObject[] = [
  ...discoveryRoutes,
  ...showRoutes,
  ...checkoutRoutes,
  ...bookingRoutes,
  ...moneyRoutes,
  ...peopleRoutes,
  ...messageRoutes,
  ...supportRoutes,
  { path: '*', lazy: () => import('./frame/not-found.tsx') },
];
