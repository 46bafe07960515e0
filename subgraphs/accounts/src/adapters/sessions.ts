import { appendToOutbox } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-accounts';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Sessions } from '../domain/ports.ts';
import { revokedSession } from '../domain/revocation.ts';
import {
  MAX_KNOWN_DEVICES,
  MAX_SESSION_MS,
  MAX_SESSIONS,
  REFRESH_GRACE_SECONDS,
  type RepeatedExchange,
  type RevocationReason,
  type Rotation,
  type Session,
  type SessionEnd,
  type SessionReference,
  type SignedIn,
} from '../domain/session.ts';
import { newEvent } from '../emits.ts';
import { USER_COLUMNS, type UserRow, toUser } from './users.ts';

/** Expired sessions that are ended in one transaction. */
const EXPIRED_AT_ONCE = 500;
const LONGEST = Prisma.sql`make_interval(secs => ${MAX_SESSION_MS / 1000})`;

type SignedInRow = UserRow & Pick<SignedIn, 'sessionId' | 'authenticatedAt' | 'inOrganisations'>;

/** The columns of a `SignedInRow`, beside the session's id: a refresh is one statement. */
const SIGNED_IN_COLUMNS = Prisma.sql`
  authenticated_at AS "authenticatedAt", ${USER_COLUMNS},
  ARRAY(SELECT role::text FROM organisation_members WHERE user_id = users.id) AS "inOrganisations"`;

/** Sessions and refresh tokens in the accounts database. */
export class SessionRepository implements Sessions {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  /** The lock on the user lets concurrent logins count each other's sessions, and changes of credentials find them. */
  async open(
    session: Session,
    refreshTokenHash: string,
    { credentials, fingerprint }: { credentials: number; fingerprint: string | null },
  ): Promise<string[] | null> {
    const { id, userId, createdAt, expiresAt } = session;
    return this.#client.$transaction(async (tx) => {
      const [user] = await tx.$queryRaw<{ credentials: number }[]>`
        SELECT credentials FROM users WHERE id = ${userId} FOR NO KEY UPDATE`;
      if (user?.credentials !== credentials) return null;
      const ended = await tx.$queryRaw<{ id: string }[]>`
        WITH opened AS (
          INSERT INTO sessions (id, user_id, user_agent, created_at, authenticated_at, last_seen_at, expires_at)
          VALUES (${id}, ${userId}, ${session.userAgent}, ${createdAt}, ${session.authenticatedAt},
                  ${session.lastSeenAt}, ${expiresAt})
          RETURNING user_id
        ), issued AS (
          INSERT INTO refresh_tokens (hash, session_id, expires_at) VALUES (${refreshTokenHash}, ${id}, ${expiresAt})
        ), ${rememberDevice(Prisma.sql`opened`, fingerprint, createdAt)}, excess AS (
          SELECT id FROM sessions WHERE user_id = ${userId} AND revoked_at IS NULL AND expires_at > ${createdAt}
          ORDER BY last_seen_at DESC, id DESC OFFSET ${MAX_SESSIONS - 1}
        )
        UPDATE sessions SET revoked_at = ${createdAt}, revoked_for = 'REPLACED'
        FROM excess WHERE sessions.id = excess.id RETURNING sessions.id`;
      const events = ended.map((each) => sessionRevoked(each.id, userId, createdAt));
      if (events.length > 0) await appendToOutbox(tx, events);
      return ended.map((each) => each.id);
    });
  }

  /** One statement: the row lock admits one of several concurrent uses, and the others find the token exchanged. */
  async rotate({ hash, nextHash, at, nextExpiresAt, fingerprint }: Rotation) {
    const [row] = await this.#client.$queryRaw<SignedInRow[]>`
      WITH used AS (
        UPDATE refresh_tokens SET used_at = clock_timestamp()
        WHERE hash = ${hash} AND used_at IS NULL AND expires_at > ${at}
        RETURNING session_id
      ), seen AS (
        UPDATE sessions SET last_seen_at = ${at}, expires_at = least(${nextExpiresAt}, created_at + ${LONGEST}) FROM used
        WHERE sessions.id = used.session_id AND revoked_at IS NULL
        RETURNING sessions.id, user_id, authenticated_at, sessions.expires_at
      ), issued AS (
        INSERT INTO refresh_tokens (hash, session_id, expires_at)
        SELECT ${nextHash}, seen.id, seen.expires_at FROM seen
      ), ${rememberDevice(Prisma.sql`seen`, fingerprint, at)}
      SELECT seen.id AS "sessionId", ${SIGNED_IN_COLUMNS}
      FROM seen JOIN users ON users.id = seen.user_id`;
    return row === undefined ? null : signedIn(row);
  }

  /** The grace period is judged by the database clock, which also recorded the exchange. */
  async findRepeatedExchange(hash: string, successors: readonly string[]): Promise<RepeatedExchange | null> {
    const [row] = await this.#client.$queryRaw<(SignedInRow & Pick<RepeatedExchange, 'inGrace' | 'successorHash'>)[]>`
      SELECT session_id AS "sessionId", ${SIGNED_IN_COLUMNS},
             revoked_at IS NULL AND used_at > clock_timestamp() - make_interval(secs => ${REFRESH_GRACE_SECONDS})
               AS "inGrace",
             (SELECT hash FROM refresh_tokens AS next WHERE next.hash = ANY (${[...successors]})) AS "successorHash"
      FROM refresh_tokens JOIN sessions ON sessions.id = session_id JOIN users ON users.id = user_id
      WHERE hash = ${hash} AND used_at IS NOT NULL`;
    return row === undefined ? null : { ...signedIn(row), inGrace: row.inGrace, successorHash: row.successorHash };
  }

  async end({ sessionId, userId, reason, at }: SessionEnd): Promise<boolean> {
    if (!isPossibleId(sessionId)) return false;
    return this.#client.$transaction(async (tx) => {
      const session = { id: sessionId, userId };
      const { count } = await tx.session.updateMany({
        where: { ...session, revokedAt: null },
        data: { revokedAt: at, revokedFor: reason },
      });
      if (count === 0) return (await tx.session.count({ where: session })) > 0;
      await appendToOutbox(tx, [sessionRevoked(sessionId, userId, at)]);
      return true;
    });
  }

  async endAll(userId: string, at: Date): Promise<string[]> {
    return this.#client.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT FROM users WHERE id = ${userId} FOR NO KEY UPDATE`;
      return endSessions(tx, { userId, reason: 'LOGOUT', keep: null, at });
    });
  }

  async endExpired(at: Date): Promise<void> {
    for (let ended = EXPIRED_AT_ONCE; ended === EXPIRED_AT_ONCE;) {
      ended = await this.#client.$transaction(async (tx) => {
        const rows = await tx.$queryRaw<{ id: string; userId: string; expiresAt: Date }[]>`
          UPDATE sessions SET revoked_at = expires_at, revoked_for = 'EXPIRED'
          WHERE revoked_at IS NULL AND expires_at <= ${at} AND id = ANY (ARRAY (
            SELECT id FROM sessions WHERE revoked_at IS NULL AND expires_at <= ${at}
            ORDER BY expires_at LIMIT ${EXPIRED_AT_ONCE} FOR UPDATE SKIP LOCKED))
          RETURNING id, user_id AS "userId", expires_at AS "expiresAt"`;
        const events = rows.map(({ id, userId, expiresAt }) => sessionRevoked(id, userId, expiresAt));
        if (events.length > 0) await appendToOutbox(tx, events);
        return rows.length;
      });
    }
  }

  async authenticate({ sessionId, userId }: SessionReference, at: Date): Promise<boolean> {
    const { count } = await this.#client.session.updateMany({
      where: { id: sessionId, userId, revokedAt: null },
      data: { authenticatedAt: at },
    });
    return count === 1;
  }

  async activeByUsers(userIds: readonly string[], now: Date): Promise<Session[]> {
    return this.#client.$queryRaw<Session[]>`
      SELECT active.* FROM unnest(${[...userIds]}::text[]) AS listed (listed_id) CROSS JOIN LATERAL (
        SELECT id, user_id AS "userId", user_agent AS "userAgent", created_at AS "createdAt",
               last_seen_at AS "lastSeenAt", expires_at AS "expiresAt"
        FROM sessions WHERE user_id = listed_id AND revoked_at IS NULL AND expires_at > ${now}
        ORDER BY last_seen_at DESC, id DESC LIMIT ${MAX_SESSIONS}
      ) AS active ORDER BY "lastSeenAt" DESC, id DESC`;
  }

  async endedSince(since: Date): Promise<{ sessionId: string; endedAt: Date }[]> {
    return this.#client.$queryRaw`
      SELECT id AS "sessionId", revoked_at AS "endedAt" FROM sessions WHERE revoked_at >= ${since}
      UNION ALL SELECT unnest(ended_sessions), requested_at FROM account_erasures WHERE requested_at >= ${since}`;
  }

  async deleteExpired({
    tokens,
    sessions,
    devices,
  }: Readonly<Record<'tokens' | 'sessions' | 'devices', Date>>): Promise<void> {
    await this.#client.refreshToken.deleteMany({ where: { expiresAt: { lt: tokens } } });
    await this.#client.session.deleteMany({
      where: { OR: [{ expiresAt: { lt: sessions } }, { revokedAt: { lt: sessions } }] },
    });
    await this.#client.knownDevice.deleteMany({ where: { lastSeenAt: { lt: devices } } });
  }
}

/** Ends the open sessions of a user, except one. The caller has locked the user's row. @returns their ids */
export async function endSessions(
  tx: Prisma.TransactionClient,
  { userId, keep, reason, at }: { userId: string; keep: string | null; reason: RevocationReason; at: Date },
): Promise<string[]> {
  const ended = await tx.$queryRaw<{ id: string }[]>`
    UPDATE sessions SET revoked_at = ${at}, revoked_for = ${reason}
    WHERE user_id = ${userId} AND revoked_at IS NULL AND id IS DISTINCT FROM ${keep} RETURNING id`;
  await appendToOutbox(
    tx,
    ended.map(({ id }) => sessionRevoked(id, userId, at)),
  );
  return ended.map(({ id }) => id);
}

function signedIn(row: SignedInRow): SignedIn {
  const { sessionId, authenticatedAt, inOrganisations = [], ...user } = row;
  return { user: toUser(user), sessionId, authenticatedAt, inOrganisations };
}

function sessionRevoked(sessionId: string, userId: string, at: Date) {
  const until = revokedSession(sessionId, at).until.toISOString();
  return newEvent('account.session-revoked', userId, { sessionId, userId, until });
}

/**
 * Parts of a statement that make a device known to the user in `source`, and keep the `MAX_KNOWN_DEVICES` seen last. A
 * device seen today is not written again.
 */
function rememberDevice(source: Prisma.Sql, fingerprint: string | null, at: Date): Prisma.Sql {
  return Prisma.sql`
    remembered AS (
      INSERT INTO known_devices AS known (user_id, fingerprint, last_seen_at)
      SELECT user_id, ${fingerprint}::text, ${at}::timestamptz FROM ${source} WHERE ${fingerprint}::text IS NOT NULL
      ON CONFLICT (user_id, fingerprint) DO UPDATE SET last_seen_at = EXCLUDED.last_seen_at
      WHERE known.last_seen_at < EXCLUDED.last_seen_at - interval '1 day'
      RETURNING user_id
    ), forgotten AS (
      DELETE FROM known_devices USING remembered
      WHERE known_devices.user_id = remembered.user_id AND known_devices.fingerprint IN (
        SELECT fingerprint FROM known_devices AS older
        WHERE older.user_id = remembered.user_id AND older.fingerprint <> ${fingerprint}::text
        ORDER BY last_seen_at DESC OFFSET ${MAX_KNOWN_DEVICES - 1}
      )
    )`;
}
