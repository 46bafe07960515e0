import { everyone, type Permissions, service } from '@marquee/subgraph';

import { customer, oneself } from './access.ts';

/** Seats are public; a booking is visible to its customer and to support. */
export const permissions: Permissions = {
  Query: { payableBooking: service, showDemand: service },
  Subscription: { seatMapChanged: everyone },
  Show: { '*': everyone },
  PriceTier: { '*': everyone },
  User: { '*': oneself },
  Booking: { '*': customer },
  PayableBooking: { '*': service },
  ShowDemand: { '*': service },
};
