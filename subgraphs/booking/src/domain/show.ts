import type { Money } from './money.ts';

/** What a show is known by in other subgraphs. */
export interface ShowReference {
  readonly id: string;
}

/** A price that some seats of a show have; a layout's sections name it. */
export interface PriceTier {
  readonly id: string;
  readonly name: string;
  readonly price: Money;
}

/** A show as booking sells it. */
export interface Show extends ShowReference {
  readonly cityCode: string;
  readonly layoutId: string;
  readonly titleId: string;
  readonly titleName: string;
  readonly venueName: string;
  readonly timeZone: string;
  readonly startsAt: Date;
  readonly tiers: readonly PriceTier[];
  readonly seatCount: number;
  /** Grows by one with every change of a seat. */
  readonly seatMapVersion: number;
}

/** How many of a show's seats are in which state. */
export interface Availability {
  readonly total: number;
  readonly available: number;
  readonly held: number;
  readonly sold: number;
}
