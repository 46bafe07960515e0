import { notFound } from '@marquee/errors';
import { assertFreshSignIn, type UserCaller } from '@marquee/subgraph';

import { type Invitation, INVITATION_MS, isPowerful } from '../domain/invitation.ts';
import { invitationLimits } from '../domain/mail-limits.ts';
import type { Invitations } from '../domain/organisation-ports.ts';
import type { Throttle } from '../domain/throttle.ts';
import { requireOrganisation, type RequireOrganisationDeps } from './require-organisation.ts';

export interface ChangeInvitationDeps extends RequireOrganisationDeps {
  readonly invitations: Pick<Invitations, 'find' | 'renew' | 'remove'>;
  readonly throttle: Throttle;
  readonly now: () => Date;
}

export interface ChangeInvitationInput {
  readonly caller: UserCaller;
  readonly invitationId: string;
}

/**
 * Sends an invitation again, with a new token and a new week. From then on it is the caller's.
 *
 * @throws {CodedError} NOT_FOUND, FORBIDDEN as for `inviteMember`, RATE_LIMITED
 */
export async function resendInvitation(deps: ChangeInvitationDeps, input: ChangeInvitationInput): Promise<Invitation> {
  const invitation = await requireInvitation(deps, input);
  const expiresAt = new Date(deps.now().getTime() + INVITATION_MS);
  const limits = invitationLimits(invitation.organisationId, invitation.email);
  if (isPowerful(invitation.role)) assertFreshSignIn(input.caller, deps.now());
  const renewed = { expiresAt, invitedBy: input.caller.userId };
  const isRenewed = await deps.throttle.attempt(limits, () => deps.invitations.renew(invitation.id, renewed));
  if (!isRenewed) throw notFound('invitation');
  return { ...invitation, ...renewed };
}

/** Ends an invitation. @throws {CodedError} NOT_FOUND, FORBIDDEN when the caller does not give the role */
export async function withdrawInvitation(
  deps: ChangeInvitationDeps,
  input: ChangeInvitationInput,
): Promise<Invitation> {
  const invitation = await requireInvitation(deps, input);
  if (!(await deps.invitations.remove(invitation, input.caller.userId))) throw notFound('invitation');
  return invitation;
}

/** An invitation of an organisation in which the caller works; of another one it does not exist. */
async function requireInvitation(
  deps: ChangeInvitationDeps,
  { caller, invitationId }: ChangeInvitationInput,
): Promise<Invitation> {
  const invitation = await deps.invitations.find(invitationId);
  if (!invitation) throw notFound('invitation');
  const organisation = await requireOrganisation(deps, invitation.organisationId, caller);
  organisation.assertMayGive(invitation.role);
  return invitation;
}
