import { appendToOutbox } from '@marquee/events';
import type { PrismaClient } from '@marquee/prisma-accounts';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Sessions } from '../domain/ports.ts';
import { revokedSession } from '../domain/revocation.ts';
import {
  MAX_LISTED_SESSIONS,
  REFRESH_GRACE_SECONDS,
  type RepeatedExchange,
  type Rotation,
  type Session,
  type SessionEnd,
  type SignedIn,
} from '../domain/session.ts';
import { newEvent } from '../emits.ts';
import { USER_COLUMNS, type UserRow, toUser } from './users.ts';

type SignedInRow = UserRow & Pick<SignedIn, 'sessionId' | 'authenticatedAt'>;

/** Sessions and refresh tokens in the accounts database. */
export class SessionRepository implements Sessions {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async open(session: Session, refreshTokenHash: string): Promise<void> {
    await this.#client.$executeRaw`
      WITH opened AS (
        INSERT INTO sessions (id, user_id, user_agent, created_at, authenticated_at, last_seen_at, expires_at)
        VALUES (${session.id}, ${session.userId}, ${session.userAgent}, ${session.createdAt},
                ${session.authenticatedAt}, ${session.lastSeenAt}, ${session.expiresAt})
      )
      INSERT INTO refresh_tokens (hash, session_id, expires_at)
      VALUES (${refreshTokenHash}, ${session.id}, ${session.expiresAt})`;
  }

  /** One statement: the row lock admits one of several concurrent uses, and the others find the token exchanged. */
  async rotate({ hash, nextHash, at, nextExpiresAt }: Rotation) {
    const [row] = await this.#client.$queryRaw<SignedInRow[]>`
      WITH used AS (
        UPDATE refresh_tokens SET used_at = clock_timestamp()
        WHERE hash = ${hash} AND used_at IS NULL AND expires_at > ${at}
        RETURNING session_id
      ), seen AS (
        UPDATE sessions SET last_seen_at = ${at}, expires_at = ${nextExpiresAt} FROM used
        WHERE sessions.id = used.session_id AND revoked_at IS NULL
        RETURNING sessions.id, user_id, authenticated_at
      ), issued AS (
        INSERT INTO refresh_tokens (hash, session_id, expires_at)
        SELECT ${nextHash}, seen.id, ${nextExpiresAt} FROM seen
      )
      SELECT seen.id AS "sessionId", authenticated_at AS "authenticatedAt", ${USER_COLUMNS}
      FROM seen JOIN users ON users.id = seen.user_id`;
    return row === undefined ? null : signedIn(row);
  }

  /** The grace period is judged by the database clock, which also recorded the exchange. */
  async findRepeatedExchange(hash: string): Promise<RepeatedExchange | null> {
    const [row] = await this.#client.$queryRaw<(SignedInRow & { inGrace: boolean })[]>`
      SELECT session_id AS "sessionId", authenticated_at AS "authenticatedAt", ${USER_COLUMNS},
             revoked_at IS NULL AND used_at > clock_timestamp() - make_interval(secs => ${REFRESH_GRACE_SECONDS})
               AS "inGrace"
      FROM refresh_tokens JOIN sessions ON sessions.id = session_id JOIN users ON users.id = user_id
      WHERE hash = ${hash} AND used_at IS NOT NULL`;
    return row === undefined ? null : { ...signedIn(row), inGrace: row.inGrace };
  }

  async end({ sessionId, userId, reason, at }: SessionEnd): Promise<boolean> {
    if (!isPossibleId(sessionId)) return false;
    const until = revokedSession(sessionId, at).until.toISOString();
    return this.#client.$transaction(async (tx) => {
      const session = { id: sessionId, userId };
      const { count } = await tx.session.updateMany({
        where: { ...session, revokedAt: null },
        data: { revokedAt: at, revokedFor: reason },
      });
      if (count === 0) return (await tx.session.count({ where: session })) > 0;
      await appendToOutbox(tx, [newEvent('account.session-revoked', userId, { sessionId, userId, until })]);
      return true;
    });
  }

  async activeByUsers(userIds: readonly string[], now: Date): Promise<Session[]> {
    return this.#client.$queryRaw<Session[]>`
      SELECT active.* FROM unnest(${[...userIds]}::text[]) AS listed (listed_id) CROSS JOIN LATERAL (
        SELECT id, user_id AS "userId", user_agent AS "userAgent", created_at AS "createdAt",
               last_seen_at AS "lastSeenAt", expires_at AS "expiresAt"
        FROM sessions WHERE user_id = listed_id AND revoked_at IS NULL AND expires_at > ${now}
        ORDER BY last_seen_at DESC, id DESC LIMIT ${MAX_LISTED_SESSIONS}
      ) AS active ORDER BY "lastSeenAt" DESC, id DESC`;
  }

  async endedSince(since: Date): Promise<{ sessionId: string; endedAt: Date }[]> {
    const rows = await this.#client.session.findMany({
      where: { revokedAt: { gte: since } },
      select: { id: true, revokedAt: true },
    });
    return rows.flatMap(({ id, revokedAt }) => (revokedAt === null ? [] : [{ sessionId: id, endedAt: revokedAt }]));
  }

  async deleteExpired({ tokens, sessions }: { readonly tokens: Date; readonly sessions: Date }): Promise<void> {
    await this.#client.refreshToken.deleteMany({ where: { expiresAt: { lt: tokens } } });
    await this.#client.session.deleteMany({ where: { expiresAt: { lt: sessions } } });
  }
}

function signedIn(row: SignedInRow): SignedIn {
  return { user: toUser(row), sessionId: row.sessionId, authenticatedAt: row.authenticatedAt };
}
