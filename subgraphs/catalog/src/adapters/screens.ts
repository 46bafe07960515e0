import { Prisma, type PrismaClient } from '@marquee/prisma-catalog';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Screens, Stage } from '../domain/ports.ts';
import type { City } from '../domain/city.ts';
import type { Screen, Venue } from '../domain/venue.ts';

const COLUMNS = Prisma.raw('id, venue_id AS "venueId", name, layout_id AS "layoutId", capacity');

/** Screens and their latest seats. */
export class ScreenRepository implements Screens {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async withIds(ids: readonly string[]): Promise<Screen[]> {
    const wanted = ids.filter(isPossibleId);
    if (wanted.length === 0) return [];
    return this.#client.$queryRaw<Screen[]>`SELECT ${COLUMNS} FROM screens WHERE id = ANY (${wanted})`;
  }

  async ofVenues(venueIds: readonly string[]): Promise<Screen[]> {
    return this.#client.$queryRaw<Screen[]>`
      SELECT ${COLUMNS} FROM screens WHERE venue_id = ANY (${venueIds}) ORDER BY venue_id, position`;
  }

  async stage(screenId: string): Promise<Stage | null> {
    const [row] = await this.#client.$queryRaw<{ screen: Screen; venue: Venue; city: City; tierNames: string[] }[]>`
      SELECT
        jsonb_build_object('id', screen.id, 'venueId', venue.id, 'name', screen.name, 'layoutId', screen.layout_id,
          'capacity', screen.capacity) AS screen,
        jsonb_build_object('id', venue.id, 'cityCode', venue.city_code, 'ownerId', venue.owner_id, 'name', venue.name,
          'address', venue.address, 'amenities', venue.amenities,
          'location', jsonb_build_object('latitude', venue.latitude, 'longitude', venue.longitude)) AS venue,
        jsonb_build_object('code', city.code, 'name', city.name, 'country', city.country, 'timeZone', city.time_zone,
          'currency', city.currency,
          'location', jsonb_build_object('latitude', city.latitude, 'longitude', city.longitude)) AS city,
        layout.tier_names AS "tierNames"
      FROM screens AS screen
      JOIN seat_layouts AS layout ON layout.id = screen.layout_id
      JOIN venues AS venue ON venue.id = screen.venue_id
      JOIN cities AS city ON city.code = venue.city_code
      WHERE screen.id = ANY (${[screenId].filter(isPossibleId)})`;
    return row ?? null;
  }
}
