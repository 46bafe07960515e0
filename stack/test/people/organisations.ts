/** The operations of organisations: a partner invites the guest of accounts, who accepts. */
import { by, type Rows } from './row.ts';
import { GUEST_EMAIL, type World } from './world.ts';

const organisationOf = ({ kept }: World) => ({ organisationId: kept.get('organisationId') });
const memberOf = (world: World) => ({ ...organisationOf(world), userId: world.kept.get('guestId') });

/** An invitation that nobody accepts, sent once. */
async function unanswered(world: World): Promise<string> {
  const known = world.kept.get('invitationId');
  if (known !== undefined) return known;
  const input = { ...organisationOf(world), email: 'nina.never@example.test', role: 'SCANNER' };
  const { inviteMember } = (await world.send('partner', 'InviteMember', { input })) as {
    inviteMember: { invitation: { id: string } };
  };
  world.kept.set('invitationId', inviteMember.invitation.id);
  return inviteMember.invitation.id;
}

export const INVITING: Rows = {
  CreateOrganisation: {
    variables: { input: { name: 'Lantern Street Films', slug: 'lantern-street', country: 'GB' } },
    may: by('partner', 'CreateOrganisationPayload'),
    mayNot: by('customer', 'UNAUTHORIZED_FIELD_OR_TYPE'),
    bad: by('partner', 'BAD_USER_INPUT', { input: { slug: 'Lantern Street' } }),
    keep: (
      { createOrganisation: { organisation } }: { createOrganisation: { organisation: { id: string } } },
      { kept },
    ) => kept.set('organisationId', organisation.id),
  },
  InviteMember: {
    variables: (world) => ({ input: { ...organisationOf(world), email: GUEST_EMAIL, role: 'BOX_OFFICE' } }),
    may: by('partner', 'InviteMemberPayload'),
    mayNot: by('customer', 'FORBIDDEN'),
    bad: by('partner', 'BAD_USER_INPUT', { input: { email: 'gwen' } }),
  },
  ResendInvitation: {
    variables: async (world) => ({ invitationId: await unanswered(world) }),
    may: by('partner'),
    mayNot: by('customer', 'FORBIDDEN'),
    bad: by('partner', 'NOT_FOUND', { invitationId: 'inv_unknown' }),
  },
  WithdrawInvitation: {
    variables: async (world) => ({ invitationId: await unanswered(world) }),
    may: by('partner'),
    mayNot: by('customer', 'FORBIDDEN'),
    bad: by('partner', 'NOT_FOUND', { invitationId: 'inv_unknown' }),
  },
};

/** Once the guest is a member. */
export const ORGANISATIONS: Rows = {
  Organisation: {
    variables: (world) => ({ id: organisationOf(world).organisationId }),
    may: by('partner'),
    mayNot: by('customer', 'FORBIDDEN'),
    bad: by('partner', 'null', { id: 'org_unknown' }),
  },
  SetMemberRole: {
    variables: (world) => ({ ...memberOf(world), role: 'SCANNER' }),
    may: by('partner', 'SetMemberRolePayload'),
    mayNot: by('customer', 'FORBIDDEN'),
    bad: by('partner', 'NOT_FOUND', { userId: 'usr_unknown' }),
  },
};
