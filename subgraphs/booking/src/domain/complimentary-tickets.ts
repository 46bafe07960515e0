import type { IdempotencyRow } from '@marquee/database';

import type { PricedSeat } from './hold.ts';
import type { Show } from './show.ts';

/** Tickets that a venue gives away, as one booking and one offer. */
export interface TicketsToGive {
  readonly bookingId: string;
  readonly offerId: string;
  readonly show: Show;
  readonly partnerId: string;
  /** Each for nothing. */
  readonly seats: readonly PricedSeat[];
  readonly toEmail: string;
  readonly reason: string;
  /** How long they can be accepted; null for the default. */
  readonly acceptWithinHours: number | null;
}

export interface ComplimentaryTickets {
  /** @returns false, with nothing changed, when a seat is held or sold */
  give(gift: TicketsToGive, idempotency: IdempotencyRow): Promise<boolean>;
  /** Those of the seats that are held or sold. */
  taken(gift: TicketsToGive): Promise<readonly string[]>;
}
