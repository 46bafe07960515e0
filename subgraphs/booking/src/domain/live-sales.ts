import type { Money } from '@marquee/money';

import type { Availability } from './show.ts';

/** An announcement that the sales of a show have changed. */
export interface SalesChange {
  readonly showId: string;
  /** Grows over all shows of a venue. */
  readonly version: number;
}

/** What a show has sold by now. */
export interface ShowSales {
  readonly ticketsSold: number;
  /** What customers paid, less what is refunded. */
  readonly revenue: Money;
  readonly availability: Availability;
}

/** The channel of the sales of a venue's shows. */
export const liveSalesChannel = (venueId: string): string => `live-sales:${venueId}`;
