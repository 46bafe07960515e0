import type { SqlTransaction } from '@marquee/database';

/** Asks for a rebuild: the running search works on it. @returns the request's id; that of one that has not begun */
export async function requestRebuild(client: SqlTransaction): Promise<bigint> {
  const [request] = await client.$queryRaw<{ id: bigint }[]>`
    WITH waiting AS (SELECT min(id) AS id FROM rebuilds WHERE started_at IS NULL), added AS (
      INSERT INTO rebuilds (requested_at) SELECT now() FROM waiting WHERE id IS NULL RETURNING id
    )
    SELECT id FROM added UNION ALL SELECT id FROM waiting WHERE id IS NOT NULL`;
  if (!request) throw new Error('The request was not recorded.');
  return request.id;
}

export interface RebuildProgress {
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** Titles, venues and shows. */
  readonly read: number;
  readonly error: string | null;
}

export async function rebuildProgress(client: SqlTransaction, id: bigint): Promise<RebuildProgress> {
  const [progress] = await client.$queryRaw<RebuildProgress[]>`
    SELECT started_at AS "startedAt", ended_at AS "endedAt", read, error FROM rebuilds WHERE id = ${id}::bigint`;
  if (!progress) throw new Error('There is no such request.');
  return progress;
}
