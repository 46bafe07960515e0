import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-catalog';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { City } from '../domain/city.ts';
import type { Screens } from '../domain/ports.ts';
import type { ScreenInVenue } from '../domain/show-batch.ts';
import type { LayoutTiers, Screen, Venue } from '../domain/venue.ts';

type ScreenInVenueRow = { screen: Screen; venue: Venue; city: City; tierNames: string[] };

const COLUMNS = Prisma.raw('id, venue_id AS "venueId", name, layout_id AS "layoutId", capacity');

/** Screens and their current seat layouts. */
export class ScreenRepository implements Screens {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async findMany(ids: readonly string[]): Promise<Screen[]> {
    const possible = ids.filter(isPossibleId);
    if (possible.length === 0) return [];
    return this.#sql.$queryRaw<Screen[]>`SELECT ${COLUMNS} FROM screens WHERE id = ANY (${possible})`;
  }

  async ofVenues(venueIds: readonly string[]): Promise<Screen[]> {
    return this.#sql.$queryRaw<Screen[]>`
      SELECT ${COLUMNS} FROM screens WHERE venue_id = ANY (${venueIds}) ORDER BY venue_id, position`;
  }

  async tiersOf(layoutIds: readonly string[]): Promise<LayoutTiers[]> {
    return this.#sql.$queryRaw<LayoutTiers[]>`
      SELECT id, tier_names AS "tierNames" FROM seat_layouts WHERE id = ANY (${layoutIds})`;
  }

  async inVenue(screenId: string): Promise<ScreenInVenue | null> {
    const [row] = await this.#sql.$queryRaw<ScreenInVenueRow[]>`
      SELECT
        jsonb_build_object('id', screen.id, 'venueId', venue.id, 'name', screen.name, 'layoutId', screen.layout_id,
          'capacity', screen.capacity) AS screen,
        jsonb_build_object('id', venue.id, 'cityCode', venue.city_code,
          'organisationId', venue.organisation_id, 'name', venue.name, 'address', venue.address, 'amenities', venue.amenities,
          'location', jsonb_build_object('latitude', venue.latitude, 'longitude', venue.longitude)) AS venue,
        jsonb_build_object('code', city.code, 'name', city.name, 'country', city.country,
          'countryCode', city.country_code, 'region', city.region, 'timeZone', city.time_zone, 'currency', city.currency,
          'location', jsonb_build_object('latitude', city.latitude, 'longitude', city.longitude)) AS city,
        layout.tier_names AS "tierNames"
      FROM screens AS screen
      JOIN seat_layouts AS layout ON layout.id = screen.layout_id
      JOIN venues AS venue ON venue.id = screen.venue_id
      JOIN cities AS city ON city.code = venue.city_code
      WHERE screen.id = ANY (${[screenId].filter(isPossibleId)})`;
    return row ? { ...row.screen, venue: row.venue, city: row.city, tierNames: row.tierNames } : null;
  }
}
