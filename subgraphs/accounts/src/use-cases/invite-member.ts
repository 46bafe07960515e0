import { badInput } from '@marquee/errors';
import { parseEmail } from '@marquee/input';
import { assertFreshSignIn, type OrganisationRole, type UserCaller } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import { type Invitation, INVITATION_MS, isPowerful, MAX_MEMBERS } from '../domain/invitation.ts';
import { invitationLimits } from '../domain/mail-limits.ts';
import type { Invitations, Organisations } from '../domain/organisation-ports.ts';
import type { Users } from '../domain/ports.ts';
import type { Throttle } from '../domain/throttle.ts';
import { AlreadyInvitedError, AlreadyMemberError } from '../errors.ts';
import { requireOrganisation } from './require-organisation.ts';

export interface InviteMemberDeps {
  readonly organisations: Pick<Organisations, 'findMany' | 'membershipsOf'>;
  readonly invitations: Pick<Invitations, 'add'>;
  readonly users: Pick<Users, 'findByEmail'>;
  readonly throttle: Throttle;
  readonly now: () => Date;
}

export interface InviteMemberInput {
  readonly caller: UserCaller;
  readonly organisationId: string;
  readonly email: string;
  readonly role: OrganisationRole;
}

/**
 * Invites somebody by mail to work for an organisation.
 *
 * @throws {AlreadyMemberError}
 * @throws {AlreadyInvitedError} when an invitation of this address is open
 * @throws {CodedError} BAD_USER_INPUT, NOT_FOUND, FORBIDDEN when the caller does not give this role, or
 *   invites an owner or finance without a fresh sign-in, RATE_LIMITED
 */
export async function inviteMember(deps: InviteMemberDeps, input: InviteMemberInput): Promise<Invitation> {
  const { caller, organisationId, role } = input;
  const email = parseEmail(input.email);
  if (email === null) throw badInput('input.email', 'Enter a valid email address.');
  const known = await deps.users.findByEmail(email);
  const organisation = await requireOrganisation(deps, organisationId, caller, known ? [known.id] : []);
  organisation.assertMayGive(role);
  if (known && organisation.roleOf(known.id) !== null) throw new AlreadyMemberError();
  const at = deps.now();
  if (isPowerful(role)) assertFreshSignIn(caller, at);
  const invitation: Invitation = {
    ...{ id: newId('inv'), organisationId, email, role, invitedBy: caller.userId },
    expiresAt: new Date(at.getTime() + INVITATION_MS),
  };
  const outcome = await deps.throttle.attempt(invitationLimits(organisationId, email), () =>
    deps.invitations.add(invitation, at),
  );
  if (outcome === 'FULL') throw tooMany();
  if (outcome === 'OPEN') throw new AlreadyInvitedError();
  return invitation;
}

function tooMany(): Error {
  const message = `An organisation has at most ${MAX_MEMBERS} members and invitations. Remove somebody first.`;
  return badInput('input.organisationId', message);
}
