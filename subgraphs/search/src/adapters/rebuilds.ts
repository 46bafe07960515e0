import type { SqlDatabase } from '@marquee/database';
import type { Rebuilds } from '../domain/ports.ts';

/** Key of the advisory lock: arbitrary, and used for nothing else in this database. */
const REBUILD_LOCK = 5_202_672;

/** Requests for a rebuild. One is worked on at a time, whatever the number of processes. */
export class RebuildRepository implements Rebuilds {
  readonly #client: SqlDatabase;

  constructor(client: SqlDatabase) {
    this.#client = client;
  }

  /** Runs `work` for the oldest open request, unless another process does. One that its process left is begun again. */
  async workOn(work: (id: number) => Promise<void>): Promise<void> {
    const [open] = await this.#client.$queryRaw<object[]>`SELECT FROM rebuilds WHERE ended_at IS NULL LIMIT 1`;
    if (!open) return;
    await this.#client.$sqlSession(async (session) => {
      const [row] = await session.$queryRaw<{ isOurs: boolean }[]>`
        SELECT pg_try_advisory_lock(${REBUILD_LOCK}) AS "isOurs"`;
      if (!row?.isOurs) return;
      try {
        const [next] = await session.$queryRaw<{ id: bigint }[]>`
          UPDATE rebuilds SET started_at = now(), read = 0
          WHERE id = (SELECT min(id) FROM rebuilds WHERE ended_at IS NULL) RETURNING id`;
        if (next) await work(Number(next.id));
      } finally {
        await session.$executeRaw`SELECT pg_advisory_unlock(${REBUILD_LOCK})`;
      }
    });
  }

  async advance(id: number, read: number): Promise<void> {
    await this.#client.$executeRaw`UPDATE rebuilds SET read = read + ${read}::int WHERE id = ${id}::bigint`;
  }

  async end(id: number, error: string | null): Promise<void> {
    await this.#client.$executeRaw`
      UPDATE rebuilds SET ended_at = clock_timestamp(), error = ${error} WHERE id = ${id}::bigint`;
  }
}
