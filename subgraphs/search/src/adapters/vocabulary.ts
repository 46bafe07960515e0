import type { SqlTransaction } from '@marquee/database';

import type { Vocabulary } from '../domain/ports.ts';
import { transpositions } from '../domain/search-text.ts';

/** Words that a misspelt one is replaced by. */
const ALTERNATIVES = 5;

/** The words of names, people and genres, of which some are near to a misspelt one. */
export class VocabularyRepository implements Vocabulary {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /**
   * One letter off, in words of five letters or more two, in those of nine or more three; or begun like that. Two exchanged
   * letters are one error. Trigrams find the candidates; of scripts that Postgres has none of, the same first letter does.
   */
  async similar(words: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    if (words.length === 0) return new Map();
    const exchanged = words.flatMap((given) => transpositions(given).map((word) => ({ given, word })));
    const rows = await this.#sql.$queryRaw<{ given: string; words: string[] }[]>`
      WITH given AS (
        SELECT given, CASE WHEN length(given) < 5 THEN 1 WHEN length(given) < 9 THEN 2 ELSE 3 END AS most
        FROM unnest(${[...words]}::text[]) AS given
      ), near AS (
        SELECT given, word, 0.5 AS distance FROM jsonb_to_recordset(${JSON.stringify(exchanged)}::jsonb)
          AS exchanged (given text, word text) JOIN words USING (word)
        UNION ALL
        SELECT given, word, least(levenshtein(word, given), levenshtein(left(word, length(given)), given) + 0.5)
        FROM given CROSS JOIN LATERAL (
          SELECT word FROM words WHERE word %> given
          UNION ALL
          SELECT word FROM words WHERE show_trgm(given) = '{}' AND starts_with(word, left(given, 1))) AS alike
        WHERE levenshtein_less_equal(left(word, length(given) + most), given, most * 2) <= most * 2
      ), nearest AS (
        SELECT given, word, min(distance) AS distance, row_number() OVER (
          PARTITION BY given ORDER BY min(distance), abs(length(word) - length(given)), word) AS place
        FROM near JOIN given USING (given) WHERE distance <= most + 0.5 AND word <> given GROUP BY given, word
      )
      SELECT given, array_agg(word ORDER BY place) AS words FROM nearest WHERE place <= ${ALTERNATIVES} GROUP BY given`;
    return new Map(rows.map((row) => [row.given, row.words]));
  }
}
