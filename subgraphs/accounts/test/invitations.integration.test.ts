import { randomUUID } from 'node:crypto';
import type { ReceivedMail } from '@marquee/sandbox-mail';
import { newId, type UserCaller } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { userCaller } from '@marquee/testkit/harness';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { hashToken } from '../src/adapters/tokens.ts';
import { type AccountsHarness, callerOf, freshEmail, REFRESH, registered, tokensOf } from './harness.ts';
import { type Mailbox, openAccountsWithMail, tokenIn } from './mailbox.ts';

const DAY_MS = 86_400_000;
const OUTCOME = '__typename ... on UserError { message }';
const CREATE = `mutation($input: CreateOrganisationInput!) { createOrganisation(input: $input) {
  ... on CreateOrganisationPayload { organisation { id } } } }`;
const INVITE = `mutation($input: InviteMemberInput!) { inviteMember(input: $input) {
  ${OUTCOME} ... on InviteMemberPayload { invitation { id email role expiresAt invitedBy { id } } } } }`;
const RESEND = `mutation($id: ID!) { resendInvitation(invitationId: $id) { invitation { id expiresAt } } }`;
const WITHDRAW = `mutation($id: ID!) { withdrawInvitation(invitationId: $id) { withdrawnInvitationId } }`;
const ACCEPT = `mutation($token: String!) { acceptInvitation(token: $token) {
  ${OUTCOME} ... on AcceptInvitationPayload { member { role user { id } organisation { id } } } } }`;
const SET_ROLE = `mutation($organisationId: ID!, $userId: ID!, $role: OrganisationRole) {
  setMemberRole(organisationId: $organisationId, userId: $userId, role: $role) {
    ${OUTCOME} ... on SetMemberRolePayload { organisation { id members { role user { id } } } } } }`;
const READ = `query($id: ID!) { organisation(id: $id) {
  members { role user { id email } } invitations { id email role } } }`;

let harness: AccountsHarness;
let mailbox: Mailbox;
beforeAll(async () => {
  harness = await openAccountsWithMail().then(({ mailbox: opened, ...rest }) => ((mailbox = opened), rest));
});
afterAll(() => mailbox.stop());

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
  const caller = { ...owner, scopes: ['catalog:write'] };
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
const accept = (caller: UserCaller, token: string) => harness.field(ACCEPT, { token }, { caller });
const setRole = async (caller: UserCaller, organisationId: string, userId: string, role: string | null) => {
  const { data, errors } = await harness.execute(SET_ROLE, caller, { organisationId, userId, role });
  const result = data?.['setMemberRole'] as { __typename: string } | null | undefined;
  return result?.__typename ?? errors?.[0]?.extensions?.['code'];
};

async function invitedTo(organisation: { id: string; owner: UserCaller }, email: string, role = 'SCANNER') {
  const { invitation } = await invite(organisation.owner, organisation.id, role, email);
  if (!invitation) throw new Error('nobody was invited');
  const [mail] = await invitationsTo(email);
  return { invitation, mail, token: tokenIn(mail) };
}

/** The mails that invited an address, the first sent first, once there are as many. */
function invitationsTo(email: string, count = 1): Promise<[ReceivedMail, ...ReceivedMail[]]> {
  return eventually(async () => {
    const mails = (await mailbox.mailsTo(email)).filter(({ subject }) => subject.startsWith('An invitation'));
    const [first, ...others] = mails;
    if (!first || mails.length < count) throw new Error(`${email} was invited ${mails.length} times`);
    return [first, ...others];
  });
}

describe('an invitation', () => {
  test('is a mail whose code makes the account of that address a member, once, with the scopes of the role', async () => {
    const organisation = await organisationOf();
    const { caller, email, refreshToken } = await registered(harness);
    await harness.database.user.update({ where: { id: caller.userId }, data: { emailVerifiedAt: new Date() } });
    const { mail, token } = await invitedTo(organisation, email.toUpperCase(), 'BOX_OFFICE');
    expect(mail.subject).toBe(`An invitation of ${organisation.slug}`);
    expect(mail.text).not.toContain('Kino Nord');
    const stored = await harness.database.organisationInvitation.findMany({ where: { email } });
    expect(stored).toMatchObject([{ tokenHash: hashToken(token) }]);
    const members = { role: 'BOX_OFFICE', user: { id: caller.userId }, organisation: { id: organisation.id } };
    expect(await accept(caller, token)).toEqual({ __typename: 'AcceptInvitationPayload', member: members });
    expect(await accept(caller, token)).toMatchObject({ __typename: 'InvitationExpiredError' });
    const { accessToken } = tokensOf(await harness.field(REFRESH, { refreshToken }));
    expect((await callerOf(harness, accessToken)).scopes).toEqual(['sales:read', 'seats:write', 'tickets:scan']);
    expect(await invite(organisation.owner, organisation.id, 'SCANNER', email)).toMatchObject({
      __typename: 'AlreadyMemberError',
    });
    const event = { where: { type: 'account.member-changed', key: caller.userId } };
    expect(await harness.database.outboxEvent.findMany(event)).toMatchObject([
      { payload: { organisationId: organisation.id, role: 'BOX_OFFICE', byUserId: organisation.owner.userId } },
    ]);
  });

  test('is for nobody else, and for nobody who has not confirmed the address', async () => {
    const organisation = await organisationOf();
    const { caller, email } = await person(false);
    const { token } = await invitedTo(organisation, email);
    for (const wrong of [(await person()).caller, caller]) {
      expect(await accept(wrong, token)).toMatchObject({ __typename: 'InvitationForSomebodyElseError' });
    }
    await harness.database.user.update({ where: { id: caller.userId }, data: { emailVerifiedAt: new Date() } });
    expect(await accept(caller, token)).toMatchObject({ __typename: 'AcceptInvitationPayload' });
  });

  test('of concurrent acceptances exactly one makes a member', async () => {
    const organisation = await organisationOf();
    const { caller, email } = await person();
    const { token } = await invitedTo(organisation, email);
    const answers = await Promise.all(Array.from({ length: 6 }, () => accept(caller, token)));
    expect(answers.filter(({ __typename }) => __typename === 'AcceptInvitationPayload')).toHaveLength(1);
    const event = { where: { type: 'account.member-changed', key: caller.userId } };
    expect(await harness.database.outboxEvent.count(event)).toBe(1);
  });

  test('is one of an address at a time, until it is withdrawn or a week has passed', async () => {
    const { id, owner } = await organisationOf();
    const email = freshEmail();
    const answers = await Promise.all(Array.from({ length: 4 }, () => invite(owner, id, 'SCANNER', email)));
    const names = answers.map(({ __typename }) => __typename).toSorted();
    expect(names).toEqual([...Array.from({ length: 3 }, () => 'AlreadyInvitedError'), 'InviteMemberPayload']);
    const { invitation } = answers.find(({ invitation: made }) => made) ?? {};
    const variables = { id: invitation?.id };
    expect(await harness.field(WITHDRAW, variables, { caller: owner })).toEqual({
      withdrawnInvitationId: invitation?.id,
    });
    expect((await harness.execute(WITHDRAW, owner, variables)).errors?.[0]?.extensions?.['code']).toBe('NOT_FOUND');
    expect(await invite(owner, id, 'SCANNER', email)).toMatchObject({ __typename: 'InviteMemberPayload' });
  });

  test('sent again has another code, and the one before works no longer', async () => {
    const organisation = await organisationOf();
    const { caller, email } = await person();
    const { invitation, token: before } = await invitedTo(organisation, email);
    await harness.field(RESEND, { id: invitation.id }, { caller: organisation.owner });
    const [, mail] = await invitationsTo(email, 2);
    expect(await accept(caller, before)).toMatchObject({ __typename: 'InvitationExpiredError' });
    expect(await accept(caller, mail ? tokenIn(mail) : '')).toMatchObject({ __typename: 'AcceptInvitationPayload' });
  });

  test('reaches an address five times in an hour', async () => {
    const email = freshEmail();
    const codes: unknown[] = [];
    for (let count = 0; count < 6; count += 1) {
      const { id, owner } = await organisationOf();
      codes.push((await invite(owner, id, 'SCANNER', email)).code);
    }
    expect(codes).toEqual([...Array.from({ length: 5 }, () => undefined), 'RATE_LIMITED']);
  });

  test('ends with the power of who made it', async () => {
    const { id, owner, others } = await organisationOf('MANAGER');
    const { caller, email } = await person();
    const manager = others[0] as UserCaller;
    const { token } = await invitedTo({ id, owner: manager }, email);
    const suspend = (status: 'ACTIVE' | 'SUSPENDED') =>
      harness.database.user.update({ where: { id: manager.userId }, data: { status } });
    await suspend('SUSPENDED');
    expect(await accept(caller, token)).not.toMatchObject({ __typename: 'AcceptInvitationPayload' });
    await suspend('ACTIVE');
    expect(await setRole(owner, id, manager.userId, 'SCANNER')).toBe('SetMemberRolePayload');
    expect(await accept(caller, token)).toMatchObject({ __typename: 'InvitationExpiredError' });
  });
});

describe('the members', () => {
  const ROLES = ['OWNER', 'MANAGER', 'BOX_OFFICE', 'SCANNER', 'FINANCE'];

  test('are appointed by owners, those of the box office and of scanners by managers too, nobody by others', async () => {
    const { id, owner, others } = await organisationOf('MANAGER', 'BOX_OFFICE', 'SCANNER', 'FINANCE', 'SCANNER');
    const target = others[4] as UserCaller;
    /** The roles to which the caller invites, and those that the caller gives to a scanner. */
    const gives = async (caller: UserCaller): Promise<string[][]> => {
      const given: [string[], string[]] = [[], []];
      for (const role of ROLES) {
        await harness.database.organisationMember.updateMany({
          where: { organisationId: id, userId: target.userId },
          data: { role: 'SCANNER' },
        });
        const answers = [(await invite(caller, id, role)).code, await setRole(caller, id, target.userId, role)];
        for (const [index, roles] of given.entries()) if (answers[index] !== 'FORBIDDEN') roles.push(role);
      }
      return given;
    };
    expect(await gives(owner)).toEqual([ROLES, ROLES]);
    expect(await gives(others[0] as UserCaller)).toEqual(Array.from({ length: 2 }, () => ['BOX_OFFICE', 'SCANNER']));
    for (const other of others.slice(1, 4)) expect(await gives(other)).toEqual([[], []]);
    const administrator = { ...(await person()).caller, scopes: ['users:write'] };
    expect(await gives(administrator)).toEqual([ROLES, ROLES]);
    expect(await gives((await organisationOf()).owner)).toEqual([[], []]);
    expect(await setRole(others[0] as UserCaller, id, owner.userId, 'SCANNER')).toBe('FORBIDDEN');
    expect(await setRole(owner, id, 'usr_none', 'SCANNER')).toBe('NOT_FOUND');
    expect(await setRole(owner, 'org_none', owner.userId, null)).toBe('NOT_FOUND');
  });

  test('see each other; addresses and invitations are for who manages members', async () => {
    const { id, owner, others } = await organisationOf('SCANNER');
    const { invitation } = await invite(owner, id, 'FINANCE');
    const read = async (caller: UserCaller) => {
      const { data } = await harness.execute(READ, caller, { id });
      return data?.['organisation'] as { members: { user: { email: string | null } }[]; invitations: unknown };
    };
    const [ofOwner, ofScanner] = [await read(owner), await read(others[0] as UserCaller)];
    expect(ofOwner.invitations).toEqual([{ id: invitation?.id, email: invitation?.email, role: 'FINANCE' }]);
    expect(ofOwner.members.every(({ user }) => user.email !== null)).toBe(true);
    expect(ofScanner.invitations).toBeNull();
    expect(ofScanner.members.map(({ user }) => user.email !== null)).toEqual([false, true]);
    const { data } = await harness.execute(READ, (await person()).caller, { id });
    expect(data).toEqual({ organisation: { members: null, invitations: null } });
  });

  test('may leave, the last owner only after another was made', async () => {
    const { id, owner, others } = await organisationOf('SCANNER');
    const scanner = others[0] as UserCaller;
    for (const role of [null, 'MANAGER']) expect(await setRole(owner, id, owner.userId, role)).toBe('LastOwnerError');
    expect(await setRole(owner, id, scanner.userId, 'OWNER')).toBe('SetMemberRolePayload');
    expect(await setRole(owner, id, owner.userId, null)).toBe('SetMemberRolePayload');
    expect(await setRole(owner, id, scanner.userId, 'SCANNER')).toBe('FORBIDDEN');
    await expect(harness.database.user.delete({ where: { id: scanner.userId } })).rejects.toThrow('keep_an_owner');
  });

  const OWNERS = { where: { role: 'OWNER' as const } };

  /** Two owners of each of some organisations demote each other. @returns how many owners each organisation has then */
  async function demoteEachOther(): Promise<number[]> {
    const organisations = await Promise.all(Array.from({ length: 4 }, () => organisationOf('OWNER')));
    await Promise.all(
      organisations.flatMap(({ id, owner, others: [other = owner] }) => [
        setRole(owner, id, other.userId, 'SCANNER'),
        setRole(other, id, owner.userId, 'SCANNER'),
      ]),
    );
    const counts = organisations.map(({ id }) =>
      harness.database.organisationMember.count({ where: { ...OWNERS.where, organisationId: id } }),
    );
    return Promise.all(counts);
  }

  test('keep an owner when two demote each other', async () => {
    expect(await demoteEachOther()).toEqual([1, 1, 1, 1]);
  });

  test('would lose both without the lock', async () => {
    const [{ body } = { body: '' }] = await harness.database.$queryRaw<{ body: string }[]>`
      SELECT pg_get_functiondef('organisation_keeps_an_owner'::regproc) AS body`;
    const unlocked = body.replace(' FOR NO KEY UPDATE', '').replace('IF FOUND', 'PERFORM pg_sleep(0.2); IF FOUND');
    await harness.database.$executeRawUnsafe(unlocked);
    try {
      expect(Math.min(...(await demoteEachOther()))).toBe(0);
    } finally {
      await harness.database.$executeRawUnsafe(body);
    }
  });

  test('and those invited are a hundred at most', async () => {
    const { id, owner } = await organisationOf();
    const at = new Date();
    const data = Array.from({ length: 99 }, (_, index) => ({
      ...{ id: `${id}_${index}`, organisationId: id, email: `guest${index}@example.com`, role: 'SCANNER' as const },
      ...{ invitedBy: owner.userId, createdAt: at, expiresAt: new Date(at.getTime() + 7 * DAY_MS) },
    }));
    await harness.database.organisationInvitation.createMany({ data });
    expect(await invite(owner, id, 'SCANNER')).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

test('an invalid address and an unknown organisation are refused', async () => {
  const { id, owner } = await organisationOf();
  expect(await invite(owner, id, 'SCANNER', 'nobody')).toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(await invite(owner, 'org_none', 'SCANNER')).toMatchObject({ code: 'NOT_FOUND' });
});

test('an invitation ends after a week', async () => {
  const organisation = await organisationOf();
  const { caller, email } = await person();
  const { token } = await invitedTo(organisation, email);
  harness.clock.advance(7 * DAY_MS + 1_000);
  expect(await accept(caller, token)).toMatchObject({ __typename: 'InvitationExpiredError' });
  expect(await invite(organisation.owner, organisation.id, 'SCANNER', email)).toMatchObject({
    __typename: 'InviteMemberPayload',
  });
});
