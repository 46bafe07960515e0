import { appendToOutbox } from '@marquee/events';
import type { PrismaClient } from '@marquee/prisma-accounts';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Sessions } from '../domain/ports.ts';
import { revokedSession } from '../domain/revocation.ts';
import {
  MAX_LISTED_SESSIONS,
  type Rotation,
  type Session,
  type SessionEnd,
  type SessionReference,
} from '../domain/session.ts';
import { newEvent } from '../emits.ts';
import { type UserRow, toUser } from './users.ts';

/** Sessions and refresh tokens in the accounts database. */
export class SessionRepository implements Sessions {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async open(session: Session, refreshTokenHash: string): Promise<void> {
    await this.#client.$executeRaw`
      WITH opened AS (
        INSERT INTO sessions (id, user_id, user_agent, created_at, last_seen_at, expires_at)
        VALUES (${session.id}, ${session.userId}, ${session.userAgent}, ${session.createdAt}, ${session.lastSeenAt},
                ${session.expiresAt})
      )
      INSERT INTO refresh_tokens (hash, session_id, expires_at)
      VALUES (${refreshTokenHash}, ${session.id}, ${session.expiresAt})`;
  }

  /** One statement: the row lock admits one of several concurrent uses, and the others find the token used. */
  async rotate({ hash, nextHash, at, nextExpiresAt }: Rotation) {
    const [row] = await this.#client.$queryRaw<(UserRow & { sessionId: string })[]>`
      WITH used AS (
        UPDATE refresh_tokens SET used_at = ${at}
        WHERE hash = ${hash} AND used_at IS NULL AND expires_at > ${at}
        RETURNING session_id
      ), seen AS (
        UPDATE sessions SET last_seen_at = ${at}, expires_at = ${nextExpiresAt} FROM used
        WHERE sessions.id = used.session_id AND revoked_at IS NULL
        RETURNING sessions.id, user_id
      ), issued AS (
        INSERT INTO refresh_tokens (hash, session_id, expires_at)
        SELECT ${nextHash}, seen.id, ${nextExpiresAt} FROM seen
      )
      SELECT seen.id AS "sessionId", users.id, email, display_name AS "displayName", locale, roles,
             users.created_at AS "createdAt"
      FROM seen JOIN users ON users.id = seen.user_id`;
    return row === undefined ? null : { sessionId: row.sessionId, user: toUser(row) };
  }

  async findByUsedToken(hash: string): Promise<SessionReference | null> {
    const token = await this.#client.refreshToken.findUnique({ where: { hash }, include: { session: true } });
    if (token === null || token.usedAt === null) return null;
    return { sessionId: token.sessionId, userId: token.session.userId };
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
