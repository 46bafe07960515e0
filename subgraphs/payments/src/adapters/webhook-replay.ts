import type { SqlTransaction } from '@marquee/database';

/** A stored webhook that is not handled. */
export interface UnhandledWebhook {
  readonly provider: string;
  readonly id: string;
  readonly type: string;
  readonly receivedAt: Date;
  readonly attempts: number;
  /** Why the last attempt failed; null before the first. */
  readonly lastError: string | null;
}

/** The webhooks that wait to be handled, the oldest first. */
export async function unhandledWebhooks(client: SqlTransaction): Promise<UnhandledWebhook[]> {
  return client.$queryRaw<UnhandledWebhook[]>`
    SELECT provider, event_id AS id, type, received_at AS "receivedAt", attempts, last_error AS "lastError"
    FROM provider_events WHERE handled_at IS NULL ORDER BY received_at, event_id`;
}

/** Has a running subgraph handle all failed webhooks again within seconds. @returns how many */
export async function replayFailedWebhooks(client: SqlTransaction): Promise<number> {
  return client.$executeRaw`
    UPDATE provider_events SET next_try_at = now() WHERE handled_at IS NULL AND attempts > 0`;
}

/** Has a running subgraph handle these webhooks again, even those it has handled. @returns how many there are */
export async function replayWebhooks(client: SqlTransaction, ids: readonly string[]): Promise<number> {
  return client.$executeRaw`
    UPDATE provider_events SET handled_at = NULL, next_try_at = now()
    WHERE event_id IN (SELECT jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`;
}
