import type { SqlTransaction } from '@marquee/database';
import type { SharedCacheOutcome } from '@marquee/redis';
import { counterIn, type Instruments, observe } from '@marquee/telemetry';

/** Counts how searches were answered, and exports how old the read model is and whether a rebuild waits. */
export function observeSearch(sql: SqlTransaction, { metrics }: Instruments) {
  if (!metrics) return { onRead: () => undefined };
  const answers = counterIn(metrics, {
    name: 'marquee_search_answers_total',
    help: 'Searches and suggestions: from the cache, computed, or old because they could not be',
    labelNames: ['outcome'],
  });
  observe(metrics, {
    name: 'marquee_search_documents',
    help: 'Titles and venues that can be found, estimated',
    read: async () => {
      const [row] = await sql.$queryRaw<{ count: number }[]>`
        SELECT greatest(reltuples, 0)::int AS count FROM pg_class
        WHERE relname = (SELECT 'documents_' || slot FROM slots WHERE state = 'SERVING')`;
      return row?.count ?? 0;
    },
  });
  observe(metrics, {
    name: 'marquee_search_rebuild_oldest_seconds',
    help: 'How long the rebuild that was asked for first and has not ended has taken; 0 without one',
    read: async () => {
      const [row] = await sql.$queryRaw<{ seconds: number }[]>`
        SELECT coalesce(extract(epoch FROM now() - min(requested_at)), 0)::float AS seconds
        FROM rebuilds WHERE ended_at IS NULL`;
      return row?.seconds ?? 0;
    },
  });
  return { onRead: (outcome: SharedCacheOutcome) => answers.inc({ outcome }) };
}
