import type { Money } from '@marquee/money';

import type { Availability } from './show.ts';

/** Age at which it is judged again whether a subscriber may follow the sales. */
export const RECHECK_MS = 2_000;

/** An announcement that the sales of a show have changed. */
export interface SalesChange {
  readonly showId: string;
  /** Grows over all shows of a venue. */
  readonly version: number;
}

/** A show's sales so far. */
export interface ShowSales {
  readonly ticketsSold: number;
  /** Payments by customers, less refunds. */
  readonly revenue: Money;
  readonly availability: Availability;
}

/** The channel of the sales of a venue's shows. */
export const liveSalesChannel = (venueId: string): string => `live-sales:${venueId}`;
