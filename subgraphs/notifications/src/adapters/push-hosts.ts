import type { SqlTransaction } from '@marquee/database';

import type { PushHosts } from '../domain/ports.ts';
import { FAILURES_BEFORE_PAUSE, type HostHealth } from '../domain/push-outcome.ts';

const FIRST_PAUSE_SECONDS = 10;
/** Up to 21 minutes. */
const MAX_DOUBLINGS = 7;

/** Push services of which nothing is accepted: a circuit breaker that all processes share and no restart closes. */
export class PushHostRepository implements PushHosts {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** A host without a row has not failed since it was last up. */
  async record(health: readonly HostHealth[]): Promise<void> {
    await this.#sql.$executeRaw`
      WITH tried AS (
        SELECT given.host, "pauseMs", CASE WHEN "isUp" THEN 0 ELSE coalesce(known.failures, 0) + 1 END AS failures
        FROM jsonb_to_recordset(${JSON.stringify(health)}::jsonb) AS given (host text, "isUp" boolean, "pauseMs" float8)
        LEFT JOIN push_hosts known ON known.host = given.host
      ), up AS (
        DELETE FROM push_hosts USING tried
        WHERE push_hosts.host = tried.host AND tried.failures = 0
      )
      INSERT INTO push_hosts (host, failures, paused_until)
      SELECT host, failures, clock_timestamp() + CASE WHEN failures < ${FAILURES_BEFORE_PAUSE}::int THEN interval '0'
        ELSE greatest("pauseMs" * interval '1 ms', ${FIRST_PAUSE_SECONDS}::int * interval '1 s'
          * power(2, least(${MAX_DOUBLINGS}::int, failures - ${FAILURES_BEFORE_PAUSE}::int))) END
      FROM tried WHERE failures > 0 ORDER BY host
      ON CONFLICT (host) DO UPDATE SET failures = excluded.failures, paused_until = excluded.paused_until`;
  }

  /** Forgets hosts that nothing was sent to for a day. */
  async deleteOld(): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM push_hosts WHERE paused_until < clock_timestamp() - interval '1 day'`;
  }

  /** How many hosts are left alone now. */
  async paused(): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ hosts: number }[]>`
      SELECT count(*)::int AS hosts FROM push_hosts WHERE paused_until > clock_timestamp()`;
    return row?.hosts ?? 0;
  }
}
