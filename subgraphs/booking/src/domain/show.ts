import type { Money } from '@marquee/money';

import type { StaffedVenue } from './venue-staff.ts';

/** The price of some of a show's seats; sections of the layout refer to it by name. */
export interface PriceTier {
  readonly id: string;
  readonly name: string;
  readonly price: Money;
}

/** The id of a tier's show, with which catalog begins it. */
export function showIdOfTier(tierId: string): string {
  return tierId.replace(/_t\d+$/, '');
}

/** A show on sale: the part of catalog's data that booking needs. */
export interface Show extends StaffedVenue {
  readonly id: string;
  readonly cityCode: string;
  readonly layoutId: string;
  readonly titleId: string;
  readonly titleName: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly venueId: string;
  readonly venueName: string;
  readonly screenName: string;
  /** The venue's, such as `Europe/London`. */
  readonly timeZone: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** When its sales open; null where they always were open. */
  readonly salesOpenAt: Date | null;
  /** Whether its seats are held by those alone whom its waiting room has admitted. */
  readonly highDemand: boolean;
  /** Null unless the show is cancelled. */
  readonly cancelledAt: Date | null;
  readonly tiers: readonly PriceTier[];
  /** The most seats that a customer may have in it; null for the default. */
  readonly maxSeatsPerCustomer: number | null;
  /** Incremented by every change of its time, screen or prices. */
  readonly version: number;
  /** Incremented by every change of a seat. */
  readonly seatMapVersion: number;
}

/** Seat counts of a show by status. */
export interface Availability {
  readonly showId: string;
  readonly total: number;
  readonly available: number;
  readonly held: number;
  readonly sold: number;
}

/** The places of a section that can be held now. */
export interface FreePlaces {
  readonly showId: string;
  readonly section: string;
  readonly free: number;
}

/** Who would be affected by a change of a show. */
export interface ShowDemand {
  /** Bookings that are paid or await payment. */
  readonly bookings: number;
  /** Seats that are held, booked or blocked. */
  readonly takenSeats: number;
}
