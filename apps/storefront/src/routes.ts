import type { RouteObject } from 'react-router';

import { bookingRoutes } from './bookings/routes.ts';
import { cityRoutes } from './city/routes.ts';
import { checkoutRoutes } from './checkout/routes.ts';
import { discoveryRoutes } from './home/routes.ts';
import { messageRoutes } from './messages/routes.ts';
import { moneyRoutes } from './money/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { showRoutes } from './show/routes.ts';
import { supportRoutes } from './support/routes.ts';
import { titleRoutes } from './titles/routes.ts';
import { venueRoutes } from './venues/routes.ts';

/** Every page of the storefront, by its part. Each is loaded when it is first opened. */
export const routes: readonly RouteObject[] = [
  ...discoveryRoutes,
  ...searchRoutes,
  ...cityRoutes,
  ...titleRoutes,
  ...venueRoutes,
  ...showRoutes,
  ...checkoutRoutes,
  ...bookingRoutes,
  ...moneyRoutes,
  ...peopleRoutes,
  ...messageRoutes,
  ...supportRoutes,
  { path: '*', lazy: () => import('./frame/not-found.tsx') },
];
