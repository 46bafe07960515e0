import { forbidden } from '@marquee/errors';
import { appendToOutbox } from '@marquee/events';
import { Prisma } from '@marquee/prisma-accounts';

import type { SecurityChange } from '../domain/security-change.ts';
import type { User } from '../domain/user.ts';
import { newEvent } from '../emits.ts';
import type { MailQueue } from '@marquee/mail';
import { endSessions } from './sessions.ts';
import { toUser, USER_COLUMNS, type UserRow } from './users.ts';

type Tx = Prisma.TransactionClient;
type Mails = Pick<MailQueue, 'add'>;
type Owner = Pick<User, 'id' | 'email'>;

/** Every change is counted, and undoes a change of the address that waits: a thief may have asked for it. */
export const CHANGED = Prisma.sql`credentials = credentials + 1, pending_email = NULL`;

/** Changes a user, whose row is locked from then on. */
export async function updated(tx: Tx, id: string, changes: Prisma.Sql): Promise<User> {
  const [row] = await tx.$queryRaw<UserRow[]>`UPDATE users SET ${changes} WHERE id = ${id} RETURNING ${USER_COLUMNS}`;
  if (row === undefined) throw new Error(`The user ${id} has been deleted`);
  return toUser(row);
}

/** Ends other sessions and codes for new passwords, and tells the owner. @returns the ended sessions */
export async function finishChange(
  tx: Tx,
  mails: Mails,
  user: Owner,
  { change, keep, at }: { change: SecurityChange; keep: string | null; at: Date },
): Promise<string[]> {
  await tx.mailToken.deleteMany({ where: { userId: user.id, purpose: 'RESET_PASSWORD' } });
  await tellOwner(tx, mails, user, change);
  return endSessions(tx, { userId: user.id, keep, reason: 'CREDENTIALS_CHANGED', at });
}

/** The mail goes to the address of this moment: whoever changes that next must not get it. */
export async function tellOwner(
  tx: Tx,
  mails: Mails,
  { id: userId, email: address }: Owner,
  change: SecurityChange,
): Promise<void> {
  await appendToOutbox(tx, [newEvent('account.security-changed', userId, { userId, change })]);
  await mails.add({ kind: change, userId, address }, tx);
}

/** The lock on the user's row keeps two removals from taking the last two ways in. @throws {CodedError} FORBIDDEN */
export async function assertWayIn(tx: Tx, userId: string): Promise<void> {
  const [left] = await tx.$queryRaw<unknown[]>`
    SELECT FROM users WHERE id = ${userId} AND (
      password_hash IS NOT NULL
      OR EXISTS (SELECT FROM passkeys WHERE user_id = users.id AND copied_at IS NULL)
      OR EXISTS (SELECT FROM provider_identities WHERE user_id = users.id))`;
  if (left === undefined)
    throw forbidden('This is your only way to sign in. Set a password first: choose “Forgot password”.');
}
