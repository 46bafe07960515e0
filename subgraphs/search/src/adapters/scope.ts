import { Prisma } from '@marquee/prisma-search';

import { type Conditions, isScoped, type NearCondition } from '../domain/search.ts';
import { all, any, genreTerm, kindTerm, languageTerm, word } from '../domain/words.ts';

/** The parts of a statement that know which documents have shows that fit, joined with documents `d`. */
export interface Scope {
  /** Common table expressions, each with a comma behind it. */
  readonly ctes: Prisma.Sql;
  readonly join: Prisma.Sql;
}

/** The shows that fit, by title and by venue: `scope`, with whether any has seats, how far it is and in which languages. */
export function scopeOf(slot: number, conditions: Conditions, at: Date): Scope {
  const { near } = conditions;
  if (!isScoped(conditions) && near === null) return { ctes: Prisma.empty, join: NO_SCOPE };
  const [ctes, joinNear] = near === null ? [Prisma.empty, NO_NEAR] : [nearVenues(slot, near), joinedNear(conditions)];
  return {
    ctes: Prisma.sql`${ctes} scope AS MATERIALIZED (
      ${titlesOf(slot, conditions, at, joinNear)} UNION ALL ${venuesOf(slot, conditions, at, joinNear)}),`,
    join: isScoped(conditions)
      ? Prisma.sql`JOIN scope ON scope.id = d.id`
      : Prisma.sql`LEFT JOIN scope ON scope.id = d.id`,
  };
}

const NO_SCOPE = Prisma.sql`CROSS JOIN (SELECT NULL::boolean AS open, NULL::float8 AS km, NULL::text[] AS shown) AS scope`;
const NO_NEAR = Prisma.sql`CROSS JOIN (SELECT NULL::float8 AS km) AS near`;

/** The box of the index is a little larger than the circle. */
function nearVenues(slot: number, { latitude, longitude, kilometres }: NearCondition): Prisma.Sql {
  const here = Prisma.sql`ll_to_earth(${latitude}::float8, ${longitude}::float8)`;
  return Prisma.sql`near AS MATERIALIZED (
    SELECT * FROM (
      SELECT id, earth_distance(ll_to_earth(latitude, longitude), ${here}) / 1000 AS km FROM documents
      WHERE slot = ${slot}::int2 AND kind = 'VENUE'
        AND earth_box(${here}, ${kilometres * 1_000}::float8) @> ll_to_earth(latitude, longitude)) AS boxed
    WHERE km <= ${kilometres}::float8),`;
}

/** Where being near is no condition, what is far in the city has no distance. */
function joinedNear(conditions: Conditions): Prisma.Sql {
  const isOuter = isScoped(conditions) && conditions.near?.isRequired === false;
  return isOuter ? Prisma.sql`LEFT JOIN near ON near.id = venue_id` : Prisma.sql`JOIN near ON near.id = venue_id`;
}

function titlesOf(slot: number, conditions: Conditions, at: Date, joinNear: Prisma.Sql): Prisma.Sql {
  const { languages } = conditions;
  const spoken = languages
    ? Prisma.sql`AND lower(language) = ANY (${languages.map((each) => each.toLowerCase())}::text[])`
    : Prisma.empty;
  return Prisma.sql`
    SELECT title_id AS id, coalesce(bool_or(last_open_at > ${at}::timestamptz), false) AS open, min(km) AS km,
      array_agg(DISTINCT language) AS shown
    FROM show_days ${joinNear} WHERE ${fittingDays(slot, conditions, at)} ${spoken} GROUP BY title_id`;
}

function venuesOf(slot: number, conditions: Conditions, at: Date, joinNear: Prisma.Sql): Prisma.Sql {
  const { cityCode, date } = conditions;
  const inCity = cityCode === null ? Prisma.empty : Prisma.sql`AND city_code = ${cityCode}`;
  if (date === null) {
    return Prisma.sql`
      SELECT venue_id, NULL::boolean, km, NULL::text[]
      FROM (SELECT id AS venue_id, city_code FROM documents WHERE slot = ${slot}::int2 AND kind = 'VENUE') AS venues
      ${joinNear} WHERE true ${inCity}`;
  }
  return Prisma.sql`
    SELECT venue_id, NULL::boolean, min(km), NULL::text[] FROM show_days ${joinNear}
    WHERE ${fittingDays(slot, conditions, at)} GROUP BY venue_id`;
}

/** Conditions on `show_days`. */
function fittingDays(slot: number, { cityCode, date }: Conditions, at: Date): Prisma.Sql {
  const inCity = cityCode === null ? Prisma.empty : Prisma.sql`AND city_code = ${cityCode}`;
  const onDay = date === null ? Prisma.empty : Prisma.sql`AND day = ${date}::date`;
  return Prisma.sql`slot = ${slot}::int2 AND last_at > ${at}::timestamptz ${inCity} ${onDay}`;
}

/** Conditions on the document itself, as the text of a `tsquery`; null without one. */
export function filterQuery(conditions: Conditions): string | null {
  const { kinds, genres, languages } = conditions;
  const terms = [
    kinds && any(kinds.map((kind) => word(kindTerm(kind)))),
    genres && any(genres.map((genre) => word(genreTerm(genre)))),
    // Where shows are asked for, they have the language, not the title.
    languages &&
      (isScoped(conditions) ? `!${word(kindTerm('VENUE'))}` : any(languages.map((each) => word(languageTerm(each))))),
  ].filter((term) => term !== null);
  return terms.length === 0 ? null : all(terms);
}
