import type { SqlDatabase, SqlTransaction } from '@marquee/database';

import { FLOOD_WINDOW_SECONDS } from '../domain/flood-limit.ts';
import type { PushDelivery } from '../domain/push-message.ts';
import { type PushPlan, planPushes, type RecentPushes, type WaitingPush } from '../domain/push-plan.ts';

/** The pushes to each endpoint within the last hour, by which later pushes are planned. */
export class PushPaceRepository {
  readonly #client: SqlDatabase;

  constructor(client: SqlDatabase) {
    this.#client = client;
  }

  /**
   * Plans deliveries that are due, and stores the plan. The rows of their endpoints and kinds are locked, in order: of
   * processes that plan for one endpoint at once, each sees what the other has sent.
   *
   * @returns those that go out now
   */
  async plan(due: readonly PushDelivery[]): Promise<PushDelivery[]> {
    return this.#client.$sqlTransaction(async (tx) => {
      const plans = planPushes(due, await lockRecent(tx, due));
      await recordSent(tx, plans);
      const digests = plans.flatMap(({ collected, send }) => (collected.length > 0 ? send : []));
      if (digests.length > 0)
        await collect(
          tx,
          digests,
          plans.flatMap(({ collected }) => collected),
        );
      await delay(
        tx,
        plans.flatMap(({ waits }) => waits),
      );
      return plans.flatMap(({ send }) => send);
    });
  }

  /** Has deliveries wait. A try that waited is none. */
  async delay(waits: readonly WaitingPush[]): Promise<void> {
    await delay(this.#client, waits);
  }

  async deleteOld(): Promise<void> {
    await this.#client.$executeRaw`
      DELETE FROM push_paces WHERE NOT EXISTS (SELECT FROM unnest(sent) AS at
        WHERE at > clock_timestamp() - make_interval(secs => ${FLOOD_WINDOW_SECONDS}::int))`;
  }
}

async function lockRecent(tx: SqlTransaction, due: readonly PushDelivery[]): Promise<RecentPushes[]> {
  const wanted = JSON.stringify(due.map(({ endpointId, kind }) => ({ endpointId, kind })));
  await tx.$executeRaw`
    INSERT INTO push_paces (endpoint_id, kind, sent)
    SELECT DISTINCT id, wanted.kind::"NotificationKind", '{}'::timestamptz[]
    FROM jsonb_to_recordset(${wanted}::jsonb) AS wanted ("endpointId" text, kind text)
    JOIN push_endpoints ON id = "endpointId" ORDER BY 1, 2
    ON CONFLICT (endpoint_id, kind) DO NOTHING`;
  return tx.$queryRaw<RecentPushes[]>`
    SELECT endpoint_id AS "endpointId", kind::text, ARRAY (SELECT at FROM unnest(sent) AS at
      WHERE at > clock_timestamp() - make_interval(secs => ${FLOOD_WINDOW_SECONDS}::int)) AS sent
    FROM push_paces WHERE (endpoint_id, kind) IN (
      SELECT "endpointId", wanted.kind::"NotificationKind"
      FROM jsonb_to_recordset(${wanted}::jsonb) AS wanted ("endpointId" text, kind text))
    ORDER BY endpoint_id, kind FOR UPDATE`;
}

async function recordSent(tx: SqlTransaction, plans: readonly PushPlan[]): Promise<void> {
  const sent = plans.map(({ endpointId, kind, send }) => ({ endpointId, kind, count: send.length }));
  await tx.$executeRaw`
    UPDATE push_paces SET sent = ARRAY (SELECT at FROM unnest(sent) AS at
      WHERE at > clock_timestamp() - make_interval(secs => ${FLOOD_WINDOW_SECONDS}::int))
      || array_fill(clock_timestamp()::timestamptz(3), ARRAY[taken.count])
    FROM jsonb_to_recordset(${JSON.stringify(sent)}::jsonb) AS taken ("endpointId" text, kind text, count int)
    WHERE endpoint_id = taken."endpointId" AND push_paces.kind = taken.kind::"NotificationKind" AND taken.count > 0`;
}

/** A digest takes the place of a delivery, so that it is tried again like any other. */
async function collect(tx: SqlTransaction, digests: readonly PushDelivery[], collected: readonly string[]) {
  await tx.$executeRaw`
    UPDATE push_deliveries SET message = digest.message, topic = digest.topic, booking_id = NULL, about = NULL
    FROM jsonb_to_recordset(${JSON.stringify(digests)}::jsonb) AS digest (id bigint, message jsonb, topic text)
    WHERE push_deliveries.id = digest.id`;
  await tx.$executeRaw`DELETE FROM push_deliveries WHERE id = ANY (${[...collected]}::text[]::bigint[])`;
}

async function delay(tx: SqlTransaction, waits: readonly WaitingPush[]): Promise<void> {
  if (waits.length === 0) return;
  await tx.$executeRaw`
    UPDATE push_deliveries SET due_at = wait.until, attempts = greatest(0, attempts - 1)
    FROM jsonb_to_recordset(${JSON.stringify(waits)}::jsonb) AS wait (id bigint, until timestamptz)
    WHERE push_deliveries.id = wait.id`;
}
