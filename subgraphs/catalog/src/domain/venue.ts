import type { GeoPoint } from './geo-point.ts';

/** A building with screens or stages. */
export interface Venue {
  readonly id: string;
  readonly cityCode: string;
  /** The user who may change it. */
  readonly ownerId: string;
  readonly name: string;
  readonly address: string;
  readonly location: GeoPoint;
  readonly amenities: readonly string[];
}

/** A hall of a venue. */
export interface Screen {
  readonly id: string;
  readonly venueId: string;
  readonly name: string;
  /** The latest version of its seats. */
  readonly layoutId: string;
  readonly capacity: number;
}
