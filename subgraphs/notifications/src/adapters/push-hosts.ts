import type { SqlTransaction } from '@marquee/database';

import type { PushHosts } from '../domain/ports.ts';
import { FAILURES_BEFORE_PAUSE, type HostHealth } from '../domain/push-outcome.ts';

const FIRST_PAUSE_SECONDS = 10;
/** While a service is up, that is noted this often. */
const UP_NOTED_SECONDS = 5;
/** Time for which a service that dealt with something counts as up; longer than any try takes. */
const TRUSTED_SECONDS = 30;
/** Up to 21 minutes. */
const MAX_DOUBLINGS = 7;

/** How push services fare: a circuit breaker that all processes share and no restart closes. */
export class PushHostRepository implements PushHosts {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /**
   * A failure while a service deals with others is the endpoint's own matter. While a service is left alone, what was sent
   * before says nothing new.
   */
  async record(health: readonly HostHealth[]): Promise<void> {
    await this.#sql.$executeRaw`
      WITH tried AS (
        SELECT given.host, "isUp", "pauseMs", up_at, CASE WHEN "isUp" THEN 0 ELSE coalesce(failures, 0) + 1 END AS failures
        FROM jsonb_to_recordset(${JSON.stringify(health)}::jsonb) AS given (host text, "isUp" boolean, "pauseMs" float8)
        LEFT JOIN push_hosts known ON known.host = given.host
        WHERE CASE WHEN "isUp"
          THEN coalesce(failures > 0 OR up_at < clock_timestamp() - ${UP_NOTED_SECONDS}::int * interval '1 s', true)
          ELSE coalesce(paused_until <= clock_timestamp(), true)
            AND coalesce(up_at < clock_timestamp() - ${TRUSTED_SECONDS}::int * interval '1 s', true) END
      )
      INSERT INTO push_hosts (host, failures, paused_until, up_at)
      SELECT host, failures, clock_timestamp() + CASE WHEN failures < ${FAILURES_BEFORE_PAUSE}::int THEN interval '0'
        ELSE greatest("pauseMs" * interval '1 ms', ${FIRST_PAUSE_SECONDS}::int * interval '1 s'
          * power(2, least(${MAX_DOUBLINGS}::int, failures - ${FAILURES_BEFORE_PAUSE}::int))) END,
        CASE WHEN "isUp" THEN clock_timestamp() ELSE up_at END
      FROM tried ORDER BY host
      ON CONFLICT (host) DO UPDATE
      SET failures = excluded.failures, paused_until = excluded.paused_until,
        up_at = greatest(push_hosts.up_at, excluded.up_at)`;
  }

  /** Forgets hosts that nothing was sent to for a day. */
  async deleteOld(): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM push_hosts
      WHERE greatest(paused_until, up_at) < clock_timestamp() - interval '1 day'`;
  }

  /** How many hosts are left alone now. */
  async paused(): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ hosts: number }[]>`
      SELECT count(*)::int AS hosts FROM push_hosts WHERE paused_until > clock_timestamp()`;
    return row?.hosts ?? 0;
  }
}
