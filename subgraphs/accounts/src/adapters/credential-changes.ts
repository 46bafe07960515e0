import type { MailQueue } from '@marquee/mail';
import { isUniqueViolation } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-accounts';

import type { MailTokenPurpose } from '../domain/mail-token.ts';
import type { AccountChange, CredentialChanges, PasswordReset } from '../domain/ports.ts';
import type { TotpConfirmation } from '../domain/second-factor.ts';
import type { User } from '../domain/user.ts';
import { newEvent } from '../emits.ts';
import { EmailTakenError } from '../errors.ts';
import { CHANGED, finishChange, tellOwner, updated } from './changed-credentials.ts';
import { endSessions } from './sessions.ts';
import { USER_COLUMNS, type UserRow } from './users.ts';

type Tx = Prisma.TransactionClient;

/**
 * Changes of how accounts are signed in to. Each is one transaction that begins with the lock on the user's row, so that
 * concurrent changes and sign-ins wait for each other.
 */
export class CredentialChangeRepository implements CredentialChanges {
  readonly #client: PrismaClient;
  readonly #mails: MailQueue;

  constructor(client: PrismaClient, mails: MailQueue) {
    this.#client = client;
    this.#mails = mails;
  }

  changePassword({ user, keep, at, passwordHash }: AccountChange & { passwordHash: string }): Promise<string[] | null> {
    return this.#client.$transaction(async (tx) => {
      const changes = Prisma.sql`password_hash = ${passwordHash}, ${CHANGED}`;
      if (!(await isChanged(tx, user, changes))) return null;
      return finishChange(tx, this.#mails, user, { change: 'PASSWORD_CHANGED', keep, at });
    });
  }

  requestEmail({ user, keep, at, newEmail }: AccountChange & { newEmail: string }): Promise<string[] | null> {
    return this.#client.$transaction(async (tx) => {
      const changes = Prisma.sql`pending_email = ${newEmail}, credentials = credentials + 1`;
      if (!(await isChanged(tx, user, changes))) return null;
      await this.#mails.add({ kind: 'VERIFY_EMAIL', userId: user.id, address: null }, tx);
      await this.#mails.add({ kind: 'EMAIL_CHANGE_REQUESTED', userId: user.id, address: user.email }, tx);
      return endSessions(tx, { userId: user.id, keep, reason: 'CREDENTIALS_CHANGED', at });
    });
  }

  confirmTotp({ userId, sealedSecret, step, recoveryHashes, keep, at }: TotpConfirmation): Promise<string[] | null> {
    return this.#client.$transaction(async (tx) => {
      const user = await updated(tx, userId, CHANGED);
      const count = await tx.$executeRaw`
        WITH confirmed AS (
          UPDATE totp_devices SET confirmed_at = ${at}, last_step = ${step}
          WHERE user_id = ${userId} AND secret = ${sealedSecret} AND confirmed_at IS NULL
          RETURNING user_id
        )
        INSERT INTO recovery_codes (user_id, hash)
        SELECT user_id, unnest(${recoveryHashes}::text[]) FROM confirmed`;
      return count === 0 ? null : finishChange(tx, this.#mails, user, { change: 'TOTP_ENABLED', keep, at });
    });
  }

  disableTotp({ userId, keep, at }: { userId: string; keep: string; at: Date }): Promise<string[] | null> {
    return this.#client.$transaction(async (tx) => {
      const user = await updated(tx, userId, CHANGED);
      const isRemoved = await removeApp(tx, userId);
      return !isRemoved ? null : finishChange(tx, this.#mails, user, { change: 'TOTP_DISABLED', keep, at });
    });
  }

  /**
   * A mail address is proved by it. Before that anybody may have signed up with the address, so an authenticator app,
   * passkeys and providers that were added go; so do passkeys and providers where it was proved by somebody who was not
   * signed in. From then on its device is the only known one: its owner signs in there although somebody
   * guesses, and a thief's counts with those of strangers.
   */
  resetPassword({
    hash,
    passwordHash,
    fingerprint,
    at,
  }: PasswordReset): Promise<{ user: User; ended: string[] } | null> {
    return this.#client.$transaction(async (tx) => {
      const found = await useToken(tx, { hash, purpose: 'RESET_PASSWORD', at });
      if (found === null || found.email !== found.user.email) return null;
      const changes = Prisma.sql`
        password_hash = ${passwordHash}, ${CHANGED}, email_verified_at = coalesce(email_verified_at, ${at}),
        verified_apart = FALSE`;
      if (found.user.emailVerifiedAt === null) await removeOtherWays(tx, found.user.id);
      else await removeWaysOfOthers(tx, found.user.id);
      const user = await updated(tx, found.user.id, changes);
      const ended = await finishChange(tx, this.#mails, user, { change: 'PASSWORD_RESET', keep: null, at });
      await tx.knownDevice.deleteMany({ where: { userId: user.id } });
      if (fingerprint !== null) await tx.knownDevice.create({ data: { userId: user.id, fingerprint, lastSeenAt: at } });
      return { user, ended };
    });
  }

  /** Whoever reads the mail need not be who signed up with the address, and left a passkey there. */
  async verifyEmail(hash: string, by: string | null, at: Date): Promise<User | null> {
    try {
      return await this.#client.$transaction(async (tx) => {
        const found = await useToken(tx, { hash, purpose: 'VERIFY_EMAIL', at });
        if (found === null) return null;
        const { user, email } = found;
        if (email !== user.email && email !== user.pendingEmail) return null;
        await appendToOutbox(tx, [newEvent('account.email-verified', user.id, { userId: user.id })]);
        if (email !== user.email) return this.#moveTo(tx, user, { isApart: by !== user.id, at });
        const isApart = user.emailVerifiedAt === null && by !== user.id;
        if (isApart) await removeOtherWays(tx, user.id);
        const changes = Prisma.sql`email_verified_at = ${at}, verified_apart = verified_apart OR ${isApart}`;
        return updated(tx, user.id, changes);
      });
    } catch (error) {
      throw isUniqueViolation(error, 'users_email_key') ? new EmailTakenError() : error;
    }
  }

  /** The pending address becomes the account's; other sessions ended when it was asked for. The one before is told. */
  async #moveTo(tx: Tx, { id, email }: UserRow, { isApart, at }: { isApart: boolean; at: Date }): Promise<User> {
    const changes = Prisma.sql`
      email = pending_email, pending_email = NULL, email_verified_at = ${at}, verified_apart = ${isApart},
      credentials = credentials + 1`;
    const user = await updated(tx, id, changes);
    await tx.mailToken.deleteMany({ where: { userId: id } });
    await tellOwner(tx, this.#mails, { id, email }, 'EMAIL_CHANGED');
    return user;
  }
}

/** Changes a user, unless another change came first. */
async function isChanged(tx: Tx, user: AccountChange['user'], changes: Prisma.Sql): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE users SET ${changes} WHERE id = ${user.id} AND credentials = ${user.credentials}`;
  return count === 1;
}

/** Removes a confirmed authenticator app and its recovery codes. @returns false when there is none */
async function removeApp(tx: Tx, userId: string): Promise<boolean> {
  const { count } = await tx.totpDevice.deleteMany({ where: { userId, confirmedAt: { not: null } } });
  await tx.recoveryCode.deleteMany({ where: { userId } });
  return count > 0;
}

async function removeOtherWays(tx: Tx, userId: string): Promise<void> {
  await removeApp(tx, userId);
  await tx.passkey.deleteMany({ where: { userId } });
  await tx.providerIdentity.deleteMany({ where: { userId } });
}

/** An authenticator app stays: whoever reads the mail of its owner must not get around it. */
async function removeWaysOfOthers(tx: Tx, userId: string): Promise<void> {
  const where = { userId, user: { verifiedApart: true } };
  await tx.passkey.deleteMany({ where });
  await tx.providerIdentity.deleteMany({ where });
}

/** Uses up a token. @returns its user, whose row is locked, and the address it was sent to */
async function useToken(
  tx: Tx,
  { hash, purpose, at }: { hash: string; purpose: MailTokenPurpose; at: Date },
): Promise<{ user: UserRow; email: string } | null> {
  const [user] = await tx.$queryRaw<UserRow[]>`
    SELECT ${USER_COLUMNS} FROM users
    WHERE id = (SELECT user_id FROM mail_tokens WHERE hash = ${hash}) FOR NO KEY UPDATE`;
  const [token] = await tx.$queryRaw<{ email: string }[]>`
    DELETE FROM mail_tokens WHERE hash = ${hash} AND purpose = ${purpose} AND expires_at > ${at} RETURNING email`;
  return user === undefined || token === undefined ? null : { user, email: token.email };
}
