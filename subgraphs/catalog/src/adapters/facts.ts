import type { SqlTransaction } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { Prisma } from '@marquee/prisma-catalog';
import { cityCodeOf } from '@marquee/subgraph/ids';

import type { FactsPage, ScheduledShow, TitleWithFacts, VenueWithFacts } from '../domain/facts.ts';
import { titleChanged, venueChanged } from './catalog-events.ts';

type ShowRow = Omit<ScheduledShow, 'shows'> & ScheduledShow['shows'][number];

/** The catalog as other domains copy it. An event and a page of a rebuild come from the same statement. */
export class FactsRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async titlesAfter({ after, limit }: FactsPage): Promise<TitleWithFacts[]> {
    return this.#titles(Prisma.sql`id > ${after ?? ''} ORDER BY id LIMIT ${limit}`);
  }

  async venuesAfter({ after, limit }: FactsPage): Promise<VenueWithFacts[]> {
    return this.#venues(Prisma.sql`id > ${after ?? ''} ORDER BY id LIMIT ${limit}`);
  }

  /** Shows that have not ended, the cancelled among them, by id, which begins with the city's code. */
  async showsAfter({ after, limit }: FactsPage): Promise<ScheduledShow[]> {
    const [cityCode, id] = [(after && cityCodeOf(after)) ?? '', after ?? ''];
    const rows = await this.#sql.$queryRaw<ShowRow[]>`
      SELECT id, id AS "showId", city_code AS "cityCode", version, cancelled_at IS NOT NULL AS cancelled,
        layout_id AS "layoutId", language, format, cancellation_tiers AS "cancellationTiers",
        max_seats_per_customer AS "maxSeatsPerCustomer", transferable, sales_open_at AS "salesOpenAt",
        starts_at AS "startsAt", ends_at AS "endsAt", high_demand AS "highDemand", tiers,
        (SELECT jsonb_build_object('id', id, 'name', name) FROM screens WHERE id = screen_id) AS screen,
        (SELECT jsonb_build_object('id', id, 'name', name, 'organisationId', organisation_id)
          FROM venues WHERE id = venue_id) AS venue,
        (SELECT jsonb_build_object('id', id, 'name', name, 'kind', kind) FROM titles WHERE id = title_id) AS title,
        city.time_zone AS "timeZone", city.country_code AS country
      FROM (SELECT * FROM shows WHERE (city_code, id) > (${cityCode}, ${id}) AND ends_at > now()
        ORDER BY city_code, id LIMIT ${limit}) AS show
      JOIN cities AS city ON city.code = city_code ORDER BY city_code, id`;
    return rows.map(({ id: showId, startsAt, endsAt, highDemand, tiers, ...batch }) => ({
      ...batch,
      shows: [{ id: showId, startsAt, endsAt, highDemand, tiers }],
    }));
  }

  /** Emits titles as they are now. */
  async emitTitles(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const titles = await this.#titles(Prisma.sql`id = ANY (${ids}) ORDER BY id`);
    await appendToOutbox(this.#sql, titles.map(titleChanged));
  }

  /** Emits venues as they are now. */
  async emitVenues(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const venues = await this.#venues(Prisma.sql`id = ANY (${ids}) ORDER BY id`);
    await appendToOutbox(this.#sql, venues.map(venueChanged));
  }

  async #titles(which: Prisma.Sql): Promise<TitleWithFacts[]> {
    return this.#sql.$queryRaw<TitleWithFacts[]>`
      SELECT id AS "titleId", version, name, jsonb_build_object('kind', kind, 'description', description,
        'genres', genres, 'languages', languages, 'durationMinutes', duration_minutes, 'ageRating', age_rating,
        'releaseDate', release_date, 'director', director, 'performers', performers, 'posterUrl', poster_url) AS facts
      FROM titles WHERE ${which}`;
  }

  async #venues(which: Prisma.Sql): Promise<VenueWithFacts[]> {
    return this.#sql.$queryRaw<VenueWithFacts[]>`
      SELECT id AS "venueId", version, name, (
        SELECT jsonb_build_object('cityCode', city_code, 'cityName', city.name, 'country', country,
          'countryCode', country_code, 'timeZone', time_zone, 'latitude', venue.latitude, 'longitude', venue.longitude,
          'address', address, 'amenities', amenities, 'organisationId', organisation_id)
        FROM cities AS city WHERE city.code = city_code) AS facts
      FROM venues AS venue WHERE ${which}`;
  }
}
