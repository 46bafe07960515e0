import type { SqlTransaction } from '@marquee/database';

export interface ShowTitle {
  readonly showId: string;
  readonly titleId: string;
}

/** Remembers the titles of shows. */
export async function addShowTitles(tx: SqlTransaction, shows: readonly ShowTitle[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO show_titles (show_id, title_id)
    SELECT "showId", "titleId" FROM jsonb_to_recordset(${JSON.stringify(shows)}::jsonb) AS row ("showId" text, "titleId" text)
    ORDER BY 1 ON CONFLICT DO NOTHING`;
}
