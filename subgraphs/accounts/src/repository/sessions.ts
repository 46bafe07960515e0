import { appendToOutbox } from '@marquee/events';
import type { PrismaClient } from '@marquee/prisma-accounts';
import { isPossibleId } from '@marquee/subgraph/ids';
import { MOST_LISTED, type Session, type Sessions } from '../domain/session.ts';
import { userOf, type UserRow } from './users.ts';

/** Sessions in the accounts database. */
export function sessionsIn(client: PrismaClient): Sessions {
  return {
    open: async (session, refreshTokenHash) => {
      await client.$executeRaw`
        WITH opened AS (
          INSERT INTO sessions (id, user_id, user_agent, created_at, last_seen_at, expires_at)
          VALUES (${session.id}, ${session.userId}, ${session.userAgent}, ${session.createdAt}, ${session.lastSeenAt},
                  ${session.expiresAt})
        )
        INSERT INTO refresh_tokens (hash, session_id, expires_at)
        VALUES (${refreshTokenHash}, ${session.id}, ${session.expiresAt})`;
    },

    // One statement: the row lock lets one of several uses through, the others find the token used.
    rotate: async ({ hash, nextHash, at, nextExpiresAt }) => {
      const [row] = await client.$queryRaw<(UserRow & { sessionId: string })[]>`
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
      return row === undefined ? null : { sessionId: row.sessionId, user: userOf(row) };
    },

    ofUsedToken: async (hash) => {
      const token = await client.refreshToken.findUnique({ where: { hash }, include: { session: true } });
      if (token === null || token.usedAt === null) return null;
      return { sessionId: token.sessionId, userId: token.session.userId };
    },

    end: async ({ sessionId, userId, reason, at }, event) => {
      if (!isPossibleId(sessionId)) return 'unknown';
      return client.$transaction(async (tx) => {
        const session = { id: sessionId, userId };
        const { count } = await tx.session.updateMany({
          where: { ...session, revokedAt: null },
          data: { revokedAt: at, revokedFor: reason },
        });
        if (count === 0) return (await tx.session.count({ where: session })) === 0 ? 'unknown' : 'ended-before';
        await appendToOutbox(tx, [event]);
        return 'ended';
      });
    },

    activeOf: (userIds, now) => client.$queryRaw<Session[]>`
      SELECT active.* FROM unnest(${[...userIds]}::text[]) AS listed (listed_id) CROSS JOIN LATERAL (
        SELECT id, user_id AS "userId", user_agent AS "userAgent", created_at AS "createdAt",
               last_seen_at AS "lastSeenAt", expires_at AS "expiresAt"
        FROM sessions WHERE user_id = listed_id AND revoked_at IS NULL AND expires_at > ${now}
        ORDER BY last_seen_at DESC, id DESC LIMIT ${MOST_LISTED}
      ) AS active ORDER BY "lastSeenAt" DESC, id DESC`,

    endedSince: async (since) => {
      const rows = await client.session.findMany({
        where: { revokedAt: { gte: since } },
        select: { id: true, revokedAt: true },
      });
      return rows.flatMap(({ id, revokedAt }) => (revokedAt === null ? [] : [{ sessionId: id, endedAt: revokedAt }]));
    },
  };
}
