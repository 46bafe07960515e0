import { isUniqueViolation } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-accounts';

import type { CredentialChanges } from '../domain/ports.ts';
import type { SecurityChange } from '../domain/security-change.ts';
import type { User } from '../domain/user.ts';
import { newEvent } from '../emits.ts';
import { EmailTakenError } from '../errors.ts';
import type { OutgoingMailRepository } from './outgoing-mails.ts';
import { toUser, USER_COLUMNS, type UserRow } from './users.ts';

type Tx = Prisma.TransactionClient;

/**
 * Changes of how accounts are signed in to. Each is one transaction that begins with the lock on the user's row, so that
 * concurrent changes and sign-ins wait for each other.
 */
export class CredentialChangeRepository implements CredentialChanges {
  readonly #client: PrismaClient;
  readonly #mails: OutgoingMailRepository;

  constructor(client: PrismaClient, mails: OutgoingMailRepository) {
    this.#client = client;
    this.#mails = mails;
  }

  async verifyEmail(hash: string, at: Date): Promise<User | null> {
    try {
      return await this.#client.$transaction(async (tx) => {
        const [user] = await tx.$queryRaw<UserRow[]>`
          SELECT ${USER_COLUMNS} FROM users
          WHERE id = (SELECT user_id FROM mail_tokens WHERE hash = ${hash}) FOR UPDATE`;
        const [token] = await tx.$queryRaw<{ email: string }[]>`
          DELETE FROM mail_tokens WHERE hash = ${hash} AND purpose = 'VERIFY_EMAIL' AND expires_at > ${at}
          RETURNING email`;
        if (token === undefined || user === undefined) return null;
        if (token.email === user.email) return updated(tx, user.id, Prisma.sql`email_verified_at = ${at}`);
        return token.email === user.pendingEmail ? this.#moveTo(tx, user, at) : null;
      });
    } catch (error) {
      throw isUniqueViolation(error, 'users_email_key') ? new EmailTakenError() : error;
    }
  }

  /** The pending address becomes the account's. The one before is told. */
  async #moveTo(tx: Tx, { id, email }: UserRow, at: Date): Promise<User> {
    const user = await updated(
      tx,
      id,
      Prisma.sql`email = pending_email, pending_email = NULL, email_verified_at = ${at}, credentials = credentials + 1`,
    );
    await this.#tell(tx, { userId: id, change: 'EMAIL_CHANGED', address: email });
    return user;
  }

  async #tell(tx: Tx, { userId, change, address }: { userId: string; change: SecurityChange; address: string | null }) {
    await appendToOutbox(tx, [newEvent('account.security-changed', userId, { userId, change })]);
    await this.#mails.add({ kind: change, userId, address }, tx);
  }
}

async function updated(tx: Tx, id: string, changes: Prisma.Sql): Promise<User> {
  const [row] = await tx.$queryRaw<UserRow[]>`UPDATE users SET ${changes} WHERE id = ${id} RETURNING ${USER_COLUMNS}`;
  if (row === undefined) throw new Error(`The user ${id} has been deleted`);
  return toUser(row);
}
