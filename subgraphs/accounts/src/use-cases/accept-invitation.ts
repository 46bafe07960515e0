import type { Membership } from '../domain/organisation.ts';
import type { Invitations } from '../domain/ports.ts';
import type { HashToken } from '../domain/token.ts';
import { InvitationExpiredError, InvitationForSomebodyElseError } from '../errors.ts';

export interface AcceptInvitationDeps {
  readonly invitations: Pick<Invitations, 'accept' | 'isOpen'>;
  readonly hashToken: HashToken;
  readonly now: () => Date;
}

/**
 * Accepts an invitation, which works once, for the account whose verified address it was sent to.
 *
 * @throws {InvitationExpiredError} when the token is unknown, used or expired, or the invitation was withdrawn
 * @throws {InvitationForSomebodyElseError} when it was sent to another address, or the account's is not verified
 * @throws {AlreadyMemberError}
 */
export async function acceptInvitation(
  { invitations, hashToken, now }: AcceptInvitationDeps,
  { token, userId }: { token: string; userId: string },
): Promise<Membership> {
  const hash = hashToken(token);
  const member = await invitations.accept(hash, userId, now());
  if (member) return member;
  throw (await invitations.isOpen(hash, now())) ? new InvitationForSomebodyElseError() : new InvitationExpiredError();
}
