import { randomUUID } from 'node:crypto';
import { newId, type UserCaller } from '@marquee/subgraph';
import { userCaller } from '@marquee/testkit/harness';

import { type AccountsHarness, freshEmail } from './harness.ts';

const OUTCOME = '__typename ... on UserError { message }';
const CREATE = `mutation($input: CreateOrganisationInput!) { createOrganisation(input: $input) {
  ... on CreateOrganisationPayload { organisation { id } } } }`;
const INVITE = `mutation($input: InviteMemberInput!) { inviteMember(input: $input) {
  ${OUTCOME} ... on InviteMemberPayload { invitation { id email role expiresAt invitedBy { id } } } } }`;
export const SET_ROLE = `mutation($organisationId: ID!, $userId: ID!, $role: OrganisationRole) {
  setMemberRole(organisationId: $organisationId, userId: $userId, role: $role) {
    ${OUTCOME} ... on SetMemberRolePayload { organisation { id members { role user { id } } } } } }`;

/** The operations of people in organisations. */
export function organisationsIn(harness: AccountsHarness) {
  /** A person whose address is verified, without a password. */
  async function person(verified = true) {
    const [caller, email] = [userCaller(newId('usr')), freshEmail()];
    const account = { id: caller.userId, email, displayName: 'Ada Lovelace', passwordHash: '', roles: ['CUSTOMER'] };
    await harness.database.user.create({ data: { ...account, emailVerifiedAt: verified ? new Date() : null } });
    return { caller, email };
  }

  /** An organisation with a member in each of the roles, the first of whom founded it. */
  async function organisationOf(...roles: readonly string[]) {
    const people = await Promise.all(['OWNER', ...roles].map(() => person()));
    const owner = people[0]?.caller as UserCaller;
    const input = { name: 'Kino Nord', slug: `kino-${randomUUID().slice(0, 8)}`, country: 'DE' };
    const caller = { ...owner, roles: ['CUSTOMER', 'PARTNER'], scopes: ['catalog:write'] };
    const { organisation } = (await harness.field(CREATE, { input }, { caller })) as { organisation: { id: string } };
    const members = people.slice(1).map(({ caller: { userId } }, index) => ({
      ...{ organisationId: organisation.id, userId, role: roles[index] as 'OWNER' },
    }));
    await harness.database.organisationMember.createMany({ data: members });
    return { ...input, id: organisation.id, owner, others: people.slice(1).map((each) => each.caller) };
  }

  const invite = (caller: UserCaller, organisationId: string, role: string, email = freshEmail()) =>
    harness.execute(INVITE, caller, { input: { organisationId, email, role } }).then(({ data, errors }) => ({
      ...((data?.['inviteMember'] ?? {}) as { __typename?: string; invitation?: { id: string; email: string } }),
      code: errors?.[0]?.extensions?.['code'],
    }));
  const setRole = async (caller: UserCaller, organisationId: string, userId: string, role: string | null) => {
    const { data, errors } = await harness.execute(SET_ROLE, caller, { organisationId, userId, role });
    const result = data?.['setMemberRole'] as { __typename: string } | null | undefined;
    return result?.__typename ?? errors?.[0]?.extensions?.['code'];
  };

  return { person, organisationOf, invite, setRole };
}
