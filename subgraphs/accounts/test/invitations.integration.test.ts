import { randomUUID } from 'node:crypto';
import type { ReceivedMail } from '@marquee/sandbox-mail';
import { newId, type UserCaller } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { hashToken } from '../src/adapters/tokens.ts';
import { type AccountsHarness, callerOf, freshEmail, REFRESH, registered, tokensOf } from './harness.ts';
import { type Mailbox, openAccountsWithMail, tokenIn } from './mailbox.ts';
import { organisationsIn } from './organisations.ts';

const DAY_MS = 86_400_000;
const OUTCOME = '__typename ... on UserError { message }';
const RESEND = `mutation($id: ID!) { resendInvitation(invitationId: $id) { invitation { id expiresAt } } }`;
const WITHDRAW = `mutation($id: ID!) { withdrawInvitation(invitationId: $id) { withdrawnInvitationId } }`;
const ACCEPT = `mutation($token: String!) { acceptInvitation(token: $token) {
  ${OUTCOME} ... on AcceptInvitationPayload { member { role user { id } organisation { id } } } } }`;

let harness: AccountsHarness;
let mailbox: Mailbox;
let { person, organisationOf, invite, setRole } = {} as ReturnType<typeof organisationsIn>;
beforeAll(async () => {
  harness = await openAccountsWithMail().then(({ mailbox: opened, ...rest }) => ((mailbox = opened), rest));
  ({ person, organisationOf, invite, setRole } = organisationsIn(harness));
});
afterAll(() => mailbox.stop());

const accept = (caller: UserCaller, token: string) => harness.field(ACCEPT, { token }, { caller });
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
    expect(await accept(caller, token)).toEqual({
      __typename: 'InvitationExpiredError',
      message: 'This invitation cannot be accepted at the moment. Ask the organisation.',
    });
    await suspend('ACTIVE');
    expect(await setRole(owner, id, manager.userId, 'SCANNER')).toBe('SetMemberRolePayload');
    expect(await accept(caller, token)).toMatchObject({ __typename: 'InvitationExpiredError' });
  });
});

describe('an invitation that was made too late', () => {
  /** An invitation that was stored after the check of who makes it, as when they are dismissed meanwhile. */
  async function stored(organisationId: string, invitedBy: string, role: 'SCANNER' | 'OWNER' = 'SCANNER') {
    const [{ caller, email }, token, at] = [await person(), `invite_${randomUUID()}`, harness.clock.now()];
    const times = { createdAt: at, expiresAt: new Date(at.getTime() + DAY_MS) };
    const made = { id: newId('inv'), organisationId, email, role, invitedBy, tokenHash: hashToken(token), ...times };
    await harness.database.organisationInvitation.create({ data: made });
    return { ...made, caller, accepted: async () => (await accept(caller, token)).__typename };
  }
  const ACCEPTED = 'AcceptInvitationPayload';

  test('by somebody who was dismissed, or never may give the role, makes no member', async () => {
    const { id, owner, others } = await organisationOf('MANAGER', 'SCANNER');
    const [manager = owner, scanner = owner] = others;
    expect(await (await stored(id, manager.userId, 'OWNER')).accepted()).toBe('InvitationExpiredError');
    expect(await (await stored(id, scanner.userId)).accepted()).toBe('InvitationExpiredError');
    expect(await setRole(owner, id, manager.userId, null)).toBe('SetMemberRolePayload');
    expect(await (await stored(id, manager.userId)).accepted()).toBe('InvitationExpiredError');
    const elsewhere = (await organisationOf()).owner;
    expect(await (await stored(id, elsewhere.userId)).accepted()).toBe('InvitationExpiredError');
    expect(await (await stored(id, owner.userId, 'OWNER')).accepted(), 'control').toBe(ACCEPTED);
  });

  test('by an administrator lasts as long as they are one', async () => {
    const { id } = await organisationOf();
    const administrator = (await person()).caller;
    const roles = (given: string[]) =>
      harness.database.user.update({ where: { id: administrator.userId }, data: { roles: given } });
    const invitation = await stored(id, administrator.userId, 'OWNER');
    expect(await invitation.accepted()).toBe('InvitationExpiredError');
    await roles(['CUSTOMER', 'ADMIN']);
    expect(await invitation.accepted()).toBe(ACCEPTED);
  });

  test('by an account that is erased is accepted only after somebody else has sent it again', async () => {
    const { id, owner } = await organisationOf();
    const { id: invitationId, email, caller, accepted } = await stored(id, 'usr_erased');
    expect(await accepted()).toBe('InvitationExpiredError');
    await harness.field(RESEND, { id: invitationId }, { caller: owner });
    const [mail] = await invitationsTo(email);
    expect(await accept(caller, tokenIn(mail))).toMatchObject({ __typename: ACCEPTED });
  });

  test('says to somebody who works there already that they do', async () => {
    const { id, owner } = await organisationOf();
    const invitation = await stored(id, owner.userId);
    await harness.database.organisationMember.create({
      data: { organisationId: id, userId: invitation.caller.userId, role: 'SCANNER' },
    });
    expect(await invitation.accepted()).toBe('AlreadyMemberError');
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
