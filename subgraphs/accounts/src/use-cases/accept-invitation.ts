import type { Membership } from '../domain/organisation.ts';
import type { Invitations } from '../domain/organisation-ports.ts';
import type { HashToken } from '../domain/token.ts';
import { InvitationExpiredError, InvitationForSomebodyElseError } from '../errors.ts';

export interface AcceptInvitationDeps {
  readonly invitations: Pick<Invitations, 'accept' | 'isFor'>;
  readonly hashToken: HashToken;
  readonly now: () => Date;
}

const NOT_NOW = 'This invitation cannot be accepted at the moment. Ask the organisation.';

/**
 * Accepts an invitation, which works once, for the account whose verified address it was sent to.
 *
 * @throws {InvitationExpiredError} when the token is unknown, used or expired, the invitation was withdrawn, or who made
 *   it may not give the role now
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
  const isTheirs = await invitations.isFor(hash, userId, now());
  if (isTheirs === false) throw new InvitationForSomebodyElseError();
  throw isTheirs ? new InvitationExpiredError(NOT_NOW) : new InvitationExpiredError();
}
