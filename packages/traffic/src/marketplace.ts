/** In minor units. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

export interface City {
  readonly id: string;
  readonly code: string;
  readonly timeZone: string;
}

export interface Title {
  readonly id: string;
  readonly name: string;
  readonly genres: readonly string[];
  /** How many want to see it, relative to others. */
  readonly popularity: number;
}

export interface Show {
  readonly id: string;
  readonly titleId: string;
  readonly cityCode: string;
  /** In milliseconds since 1970, as the other times. */
  readonly startsAt: number;
  readonly salesOpenAt: number;
  readonly seats: number;
  /** Of one seat. */
  readonly price: Money;
  /** Whether people wait for its sale to open. */
  readonly highDemand: boolean;
}

/** The shows on sale while the simulation runs. */
export interface Marketplace {
  readonly cities: readonly City[];
  readonly titles: readonly Title[];
  readonly shows: readonly Show[];
}
