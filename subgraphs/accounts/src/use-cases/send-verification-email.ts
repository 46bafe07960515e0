import { notFound } from '@marquee/errors';

import { verificationLimits } from '../domain/mail-limits.ts';
import type { OutgoingMails, Users } from '../domain/ports.ts';
import type { Throttle } from '../domain/throttle.ts';

export interface SendVerificationEmailDeps {
  readonly users: Pick<Users, 'findMany'>;
  readonly outgoingMails: Pick<OutgoingMails, 'add'>;
  readonly throttle: Throttle;
}

/**
 * Sends the mail that confirms the user's address again; to the new address while a change of it waits.
 *
 * @returns the address; null when it is verified and nothing is sent
 * @throws {CodedError} RATE_LIMITED
 */
export async function sendVerificationEmail(
  { users, outgoingMails, throttle }: SendVerificationEmailDeps,
  userId: string,
): Promise<string | null> {
  const [user] = await users.findMany([userId]);
  if (user === undefined) throw notFound('user');
  const sentTo = user.pendingEmail ?? (user.emailVerifiedAt === null ? user.email : null);
  if (sentTo === null) return null;
  await throttle.attempt(verificationLimits(userId, sentTo), () =>
    outgoingMails.add({ kind: 'VERIFY_EMAIL', userId, address: null }),
  );
  return sentTo;
}
