import type { GeoPoint } from './geo-point.ts';
import type { SeatLayout } from './seat-layout.ts';

/** A building with screens or stages. */
export interface Venue {
  readonly id: string;
  readonly cityCode: string;
  /** The business whose venue it is: its members manage it. */
  readonly organisationId: string;
  readonly name: string;
  readonly address: string;
  readonly location: GeoPoint;
  readonly amenities: readonly string[];
}

/** A person, and an organisation that they work for. */
export interface Workplace {
  readonly userId: string;
  readonly organisationId: string;
}

/** Fields to change; the others stay as they are. */
export type VenueChanges = Partial<Pick<Venue, 'name' | 'address' | 'location' | 'amenities'>>;

/** An auditorium of a venue. */
export interface Screen {
  readonly id: string;
  readonly venueId: string;
  readonly name: string;
  /** The current version of its seat layout. */
  readonly layoutId: string;
  readonly capacity: number;
}

export interface NewScreen {
  readonly screen: Screen;
  readonly layout: SeatLayout;
}

export interface NewVenue {
  readonly venue: Venue;
  readonly screens: readonly NewScreen[];
}

/** The names of a seat layout's price tiers, in the order of its sections. */
export interface LayoutTiers {
  /** The layout's. */
  readonly id: string;
  readonly tierNames: readonly string[];
}
