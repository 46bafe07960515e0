import type { CancellationTier } from './cancellation-policy.ts';
import type { City } from './city.ts';
import type { ScreeningTimes } from './screening-times.ts';
import { lowestPrice, type PriceTier, type Show } from './show.ts';
import type { Title } from './title.ts';
import type { Screen, Venue } from './venue.ts';

/** A screen with everything that scheduling a show on it needs. */
export interface ScreenInVenue extends Screen {
  readonly venue: Venue;
  readonly city: City;
  /** The price tiers of the screen's seats. */
  readonly tierNames: readonly string[];
}

export interface NewShow extends ScreeningTimes {
  readonly id: string;
  /** Cheapest first. */
  readonly tiers: readonly PriceTier[];
}

/** New shows of one title on one screen, on the same terms. */
export interface ShowBatch {
  readonly screen: ScreenInVenue;
  readonly title: Pick<Title, 'id' | 'name' | 'kind'>;
  readonly language: string;
  readonly format: string;
  readonly cancellationTiers: readonly CancellationTier[];
  readonly highDemand: boolean;
  readonly maxSeatsPerCustomer: number | null;
  readonly transferable: boolean;
  readonly salesOpenAt: Date;
  /** How many people their waiting rooms admit a minute; null for the default. Booking alone keeps it. */
  readonly admissionsPerMinute: number | null;
  /** By start. */
  readonly shows: readonly NewShow[];
}

/** The shows of a batch, on sale. */
export function showsOf({ screen, title, shows, admissionsPerMinute: _rate, ...terms }: ShowBatch): Show[] {
  return shows.map(({ screenFreeAt: _screenFreeAt, ...show }) => ({
    ...terms,
    ...show,
    cityCode: screen.city.code,
    titleId: title.id,
    venueId: screen.venue.id,
    screenId: screen.id,
    layoutId: screen.layoutId,
    version: 0,
    priceFrom: lowestPrice(show.tiers),
    soldOut: false,
    cancelled: false,
  }));
}
