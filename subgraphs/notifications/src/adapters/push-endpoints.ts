import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { PushEndpoints } from '../domain/ports.ts';
import {
  MAX_ENDPOINT_DAYS,
  MAX_PUSH_ENDPOINTS,
  type NewPushEndpoint,
  type PushEndpoint,
} from '../domain/push-endpoint.ts';
import { takeTurn } from './turns.ts';

/** The browsers and phones that people let us push to. */
export class PushEndpointRepository implements PushEndpoints {
  readonly #client: SqlDatabase;

  constructor(client: SqlDatabase) {
    this.#client = client;
  }

  register(endpoint: NewPushEndpoint): Promise<string | null> {
    const { userId, sessionId } = endpoint;
    return this.#client.$sqlTransaction(async (tx) => {
      await takeTurn(tx, turnOf(sessionId));
      if (await isRevoked(tx, sessionId)) return null;
      // Those of one person take turns, so that each counts the others; then those of one browser.
      await takeTurn(tx, `push endpoints of ${userId}`);
      await takeTurn(tx, `push endpoint ${endpoint.endpoint}`);
      await tx.$executeRaw`DELETE FROM push_endpoints WHERE endpoint = ${endpoint.endpoint} AND user_id <> ${userId}`;
      const id = await insert(tx, endpoint);
      await tx.$executeRaw`
        DELETE FROM push_endpoints WHERE id IN (
          SELECT id FROM push_endpoints WHERE user_id = ${userId}
          ORDER BY id = ${id} DESC, created_at DESC OFFSET ${MAX_PUSH_ENDPOINTS}::int)`;
      return id;
    });
  }

  /** Forgets revoked sessions whose access tokens are over. */
  async forgetRevoked(): Promise<void> {
    await this.#client.$executeRaw`DELETE FROM revoked_sessions WHERE until < clock_timestamp()`;
  }

  /** Ends endpoints whose sessions are over, whatever became of the word of it. */
  async deleteOld(): Promise<void> {
    await this.#client.$executeRaw`
      DELETE FROM push_endpoints WHERE created_at < clock_timestamp() - make_interval(days => ${MAX_ENDPOINT_DAYS}::int)`;
  }

  async remove(userId: string, id: string): Promise<boolean> {
    if (!isPossibleId(id)) return false;
    return (await this.#client.$executeRaw`DELETE FROM push_endpoints WHERE id = ${id} AND user_id = ${userId}`) > 0;
  }

  async ofUsers(userIds: readonly string[]): Promise<PushEndpoint[]> {
    return this.#client.$queryRaw<PushEndpoint[]>`
      SELECT id, user_id AS "userId", host, created_at AS "createdAt" FROM push_endpoints
      WHERE user_id = ANY (${userIds.filter(isPossibleId)}) ORDER BY created_at DESC, id`;
  }
}

/** An id has one person for good, so what waits for one is never sent to another. */
async function insert(tx: SqlTransaction, endpoint: NewPushEndpoint): Promise<string> {
  const { id, userId, sessionId, host, p256dh, auth } = endpoint;
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO push_endpoints (id, user_id, session_id, endpoint, host, p256dh, auth)
    VALUES (${id}, ${userId}, ${sessionId}, ${endpoint.endpoint}, ${host}, ${p256dh}, ${auth})
    ON CONFLICT (endpoint) DO UPDATE SET session_id = excluded.session_id, p256dh = excluded.p256dh,
      auth = excluded.auth, created_at = excluded.created_at
    RETURNING id`;
  return row?.id ?? id;
}

/** Registrations in a session and its end take turns. */
const turnOf = (sessionId: string): string => `push session ${sessionId}`;

async function isRevoked(tx: SqlTransaction, sessionId: string): Promise<boolean> {
  const found = await tx.$queryRaw<unknown[]>`SELECT FROM revoked_sessions WHERE session_id = ${sessionId}`;
  return found.length > 0;
}

/**
 * Ends the endpoints of sessions that were revoked: who signed out is pushed nothing any more. None is registered in one
 * until its last access token ends.
 */
export async function endEndpointsOf(
  tx: SqlTransaction,
  sessions: readonly { readonly sessionId: string; readonly until: string }[],
): Promise<void> {
  const sessionIds = [...new Set(sessions.map(({ sessionId }) => sessionId))].toSorted();
  for (const sessionId of sessionIds) await takeTurn(tx, turnOf(sessionId));
  await tx.$executeRaw`
    INSERT INTO revoked_sessions (session_id, until)
    SELECT DISTINCT ON ("sessionId") "sessionId", until
    FROM jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb) AS revoked ("sessionId" text, until timestamptz)
    ON CONFLICT (session_id) DO NOTHING`;
  await tx.$executeRaw`DELETE FROM push_endpoints WHERE session_id = ANY (${sessionIds})`;
}
