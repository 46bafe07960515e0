import { isCheckViolation, type SqlTransaction } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-accounts';
import type { ErasureReceipt } from '@marquee/subgraph';
import { type Instruments, observe } from '@marquee/telemetry';

import type { Erasures } from '../domain/erasure.ts';
import { newEvent } from '../emits.ts';
import { LastAdministratorError, LastOwnerError } from '../errors.ts';
import { endSessions } from './sessions.ts';

/** Erased accounts: what is left of them is the id, and which subgraphs have erased the person. */
export class ErasureRepository implements Erasures {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  /** Most of what is held goes with the row of the user, by foreign keys. */
  async erase({ id: userId, credentials }: { id: string; credentials: number }, at: Date): Promise<string[] | null> {
    try {
      return await this.#client.$transaction(async (tx) => {
        const found = await tx.$queryRaw<unknown[]>`
          SELECT id FROM users WHERE id = ${userId} AND credentials = ${credentials} FOR UPDATE`;
        if (found.length === 0) return null;
        const ended = await endSessions(tx, { userId, reason: 'REVOKED', keep: null, at });
        await deleteTraces(userId, tx);
        await tx.$executeRaw`
          DELETE FROM organisation_invitations USING users WHERE users.id = ${userId} AND organisation_invitations.email = users.email`;
        await tx.$executeRaw`DELETE FROM users WHERE id = ${userId}`;
        const event = newEvent('account.erased', userId, { userId });
        await tx.$executeRaw`
          INSERT INTO account_erasures (user_id, requested_at, event_id, told_at, ended_sessions)
          VALUES (${userId}, ${at}, ${event.id}::uuid, ${at}, ${ended}::text[])`;
        await appendToOutbox(tx, [event]);
        return ended;
      });
    } catch (error) {
      if (isCheckViolation(error, 'organisations_keep_an_owner')) throw new LastOwnerError();
      if (isCheckViolation(error, 'users_have_an_administrator')) throw new LastAdministratorError();
      throw error;
    }
  }

  async repeat(before: Date, at: Date): Promise<void> {
    await this.#client.$transaction(async (tx) => {
      const due = await tx.$queryRaw<{ userId: string }[]>`
        SELECT user_id AS "userId" FROM account_erasures WHERE requested_at < ${before} AND passes = 1
        ORDER BY requested_at LIMIT 100 FOR UPDATE SKIP LOCKED`;
      const events = due.map(({ userId }) => newEvent('account.erased', userId, { userId }));
      for (const { id, key } of events) {
        await tx.$executeRaw`
          UPDATE account_erasures SET passes = 2, event_id = ${id}::uuid, told_at = ${at}, erased_in = '{}'
          WHERE user_id = ${key}`;
      }
      await appendToOutbox(tx, events);
    });
  }

  async complete(at: Date): Promise<void> {
    await this.#client.$executeRaw`
      UPDATE account_erasures SET completed_at = ${at} WHERE passes = 2 AND completed_at IS NULL AND NOT ${UNDONE}`;
  }

  async waiting(): Promise<{ erasures: number; oldestSeconds: number }> {
    const [row] = await this.#client.$queryRaw<{ erasures: number; oldestSeconds: number }[]>`
      SELECT count(*)::int AS erasures,
        coalesce(extract(epoch FROM now() - min(told_at)), 0)::float8 AS "oldestSeconds"
      FROM account_erasures WHERE completed_at IS NULL AND ${UNDONE}`;
    return row ?? { erasures: 0, oldestSeconds: 0 };
  }
}

/**
 * Whether some subgraph has not erased the person upon the last event. That it has received the event is not enough: what
 * it cannot handle it keeps as a dead letter.
 */
const UNDONE = Prisma.sql`EXISTS (
  SELECT FROM event_subscribers WHERE 'account.erased' = ANY (types) AND consumer <> ALL (erased_in))`;

/** Records that a subgraph has erased a person. That of an earlier event counts no more. */
export async function recordReceipt({ domain, eventId }: ErasureReceipt, tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`
    UPDATE account_erasures SET erased_in = array_append(erased_in, ${domain})
    WHERE event_id = ${eventId}::uuid AND ${domain} <> ALL (erased_in)`;
}

/** Deletes what is about a user and does not go with the account's row. A repeat changes nothing. */
export async function deleteTraces(userId: string, tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`DELETE FROM outgoing_mails WHERE user_id = ${userId}`;
  await tx.$executeRaw`DELETE FROM attempt_windows WHERE user_id = ${userId}`;
  await tx.$executeRaw`DELETE FROM provider_logins WHERE link_to = ${userId}`;
  await tx.$executeRaw`DELETE FROM provider_sign_ins WHERE link_to = ${userId}`;
}

/** Exports the erasures that some subgraph has not done as metrics. */
export function observeErasures(erasures: Pick<Erasures, 'waiting'>, { metrics }: Instruments): void {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_accounts_erasures_waiting',
    help: 'Erased accounts whose person some subgraph has not erased',
    read: async () => (await erasures.waiting()).erasures,
  });
  observe(metrics, {
    name: 'marquee_accounts_erasures_oldest_seconds',
    help: 'How long ago subgraphs were told of the oldest erasure that one of them has not done, in seconds',
    read: async () => (await erasures.waiting()).oldestSeconds,
  });
}
