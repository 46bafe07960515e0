import type { SqlTransaction } from '@marquee/database';

import type { IndexedDocument } from '../domain/document.ts';
import { liveSlots, type Target } from './live-slots.ts';

/** The rating of what nobody has rated: the middle. */
const UNRATED = 3;

/** Writes documents. One with a version that is not newer than the stored one changes nothing. */
export class StoredDocuments {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** @returns how many rows were written, in all slots */
  async add(documents: readonly IndexedDocument[], target: Target = 'IN_USE'): Promise<number> {
    const rows = latest(documents).map(({ place, vocabulary: _known, ...document }) => ({ ...document, ...place }));
    await this.#addWords(documents.flatMap(({ vocabulary }) => vocabulary));
    return this.#sql.$executeRaw`
      WITH ${liveSlots(target)}, given AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (id text, kind "DocumentKind",
          version int, name text, "foldedName" text, people text[], genres text[], languages text[], description text,
          "cityCode" text, latitude float8, longitude float8, words text, names text)
      )
      INSERT INTO documents AS known (slot, id, kind, version, name, folded_name, people, genres, languages, description,
        city_code, latitude, longitude, words, names, popularity, rating, hot)
      SELECT slot, id, kind, version, name, "foldedName", people, genres, languages, description, "cityCode", latitude,
        longitude, words::tsvector, names::tsvector, coalesce(popularity, 0), coalesce(rating, ${UNRATED}::float8),
        state = 'SERVING' OR popularity IS NOT NULL
      FROM live CROSS JOIN given LEFT JOIN signals ON subject_id = id ORDER BY slot, id
      ON CONFLICT (slot, id) DO UPDATE SET kind = excluded.kind, version = excluded.version, name = excluded.name,
        folded_name = excluded.folded_name, people = excluded.people, genres = excluded.genres,
        languages = excluded.languages, description = excluded.description, city_code = excluded.city_code,
        latitude = excluded.latitude, longitude = excluded.longitude, words = excluded.words, names = excluded.names
      WHERE known.version < excluded.version`;
  }

  async #addWords(words: readonly string[]): Promise<void> {
    await this.#sql.$executeRaw`
      INSERT INTO words (word) SELECT DISTINCT given FROM unnest(${[...new Set(words)]}::text[]) AS given
      WHERE NOT EXISTS (SELECT FROM words WHERE word = given) ORDER BY given ON CONFLICT DO NOTHING`;
  }
}

/** A statement writes a row once: of several versions the latest counts. */
function latest(documents: readonly IndexedDocument[]): IndexedDocument[] {
  const byId = new Map<string, IndexedDocument>();
  for (const document of documents) {
    if ((byId.get(document.id)?.version ?? -1) < document.version) byId.set(document.id, document);
  }
  return [...byId.values()];
}
