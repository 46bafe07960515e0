import { ANONYMOUS, type UserCaller } from '@marquee/subgraph';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { SessionRepository } from '../src/adapters/sessions.ts';
import {
  type AccountsHarness,
  callerOf,
  CHANGE_EMAIL,
  CHANGE_PASSWORD,
  CONFIRM_IDENTITY,
  CONFIRM_TOTP,
  DISABLE_TOTP,
  freshEmail,
  LOGIN,
  LOGOUT_EVERYWHERE,
  openAccounts,
  PASSWORD,
  REFRESH,
  registered,
  START_TOTP,
  tokensOf,
  VERIFY_EMAIL,
} from './harness.ts';
import { type Mailbox, openAccountsWithMail, tokenIn } from './mailbox.ts';

let harness: AccountsHarness;
let mailbox: Mailbox;
beforeAll(async () => {
  harness = await openAccountsWithMail().then(({ mailbox: opened, ...rest }) => ((mailbox = opened), rest));
});
afterAll(() => mailbox.stop());

const MINUTE_MS = 60_000;
const NEW_PASSWORD = 'battery horse staple';
const REAUTHENTICATE = [{ extensions: { code: 'FORBIDDEN', reason: 'REAUTHENTICATION_REQUIRED' } }];
const WRONG = { __typename: 'IncorrectPasswordError', message: 'The password is incorrect. Check it and try again.' };

/** A user who is signed in on two devices. */
async function onTwoDevices() {
  const person = await registered(harness);
  const other = await signedIn(person.email);
  return { ...person, other };
}

async function signedIn(email: string, password = PASSWORD) {
  const tokens = tokensOf(await harness.field(LOGIN, { input: { email, password } }));
  return { ...tokens, caller: await callerOf(harness, tokens.accessToken) };
}

/** A code that was not used before: the clock moves on by two steps. */
function nextCode(secret: string): string {
  harness.clock.advance(MINUTE_MS);
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return totp.generate({ timestamp: harness.clock.now().getTime() });
}

async function withApp(caller: UserCaller) {
  const { secret } = await harness.field(START_TOTP, {}, { caller });
  const confirmed = await harness.field(CONFIRM_TOTP, { code: nextCode(String(secret)) }, { caller });
  return { secret: String(secret), recoveryCodes: confirmed['recoveryCodes'] as string[] };
}

const confirmIdentity = (caller: UserCaller, input: { password?: string; code?: string }) =>
  harness.field(CONFIRM_IDENTITY, { input }, { caller });
const changePassword = (caller: UserCaller, newPassword = NEW_PASSWORD, currentPassword = PASSWORD) =>
  harness.field(CHANGE_PASSWORD, { input: { currentPassword, newPassword } }, { caller });
const changeEmail = (caller: UserCaller, newEmail: string) =>
  harness.field(CHANGE_EMAIL, { input: { newEmail, password: PASSWORD } }, { caller });

async function activeSessions(userId: string): Promise<string[]> {
  const rows = await harness.database.session.findMany({ where: { userId, revokedAt: null } });
  return rows.map(({ id }) => id);
}

async function changesOf(userId: string): Promise<unknown[]> {
  const events = await harness.database.outboxEvent.findMany({
    where: { key: userId, type: 'account.security-changed' },
    orderBy: { seq: 'asc' },
  });
  return events.map(({ payload }) => payload);
}

/** Expects that one session of the user goes on, and that the others have ended everywhere. */
async function expectOnly(kept: UserCaller, ended: { caller: UserCaller; refreshToken: string }): Promise<void> {
  expect(await activeSessions(kept.userId)).toEqual([kept.sessionId]);
  const { refreshToken, caller } = ended;
  expect(await harness.field(REFRESH, { refreshToken })).toMatchObject({ __typename: 'SessionExpiredError' });
  expect(await harness.redis.zscore(`${harness.namespace}:revoked-sessions`, caller.sessionId)).not.toBeNull();
}

describe('confirmIdentity', () => {
  test('makes a sign-in fresh again for 15 minutes, in this session and after a refresh', async () => {
    const { caller, refreshToken } = await registered(harness);
    harness.clock.advance(16 * MINUTE_MS);
    expect((await harness.execute(START_TOTP, caller)).errors).toMatchObject(REAUTHENTICATE);
    expect(await confirmIdentity(caller, { password: 'wrong password' })).toEqual(WRONG);
    const confirmed = await confirmIdentity(caller, { password: PASSWORD });
    expect(confirmed).toMatchObject({ __typename: 'ConfirmIdentityPayload', expiresIn: 600 });
    const fresh = await callerOf(harness, confirmed['accessToken']);
    expect(fresh).toMatchObject({ userId: caller.userId, sessionId: caller.sessionId });
    expect(await harness.field(START_TOTP, {}, { caller: fresh })).toHaveProperty('secret');
    const refreshed = await callerOf(harness, tokensOf(await harness.field(REFRESH, { refreshToken })).accessToken);
    expect(refreshed.authenticatedAt).toEqual(fresh.authenticatedAt);
    harness.clock.advance(16 * MINUTE_MS);
    expect((await harness.execute(START_TOTP, refreshed)).errors).toMatchObject(REAUTHENTICATE);
  });

  test('an account with a second factor needs a code: its password is not enough', async () => {
    const { caller } = await registered(harness);
    const { secret, recoveryCodes } = await withApp(caller);
    const withPassword = await harness.execute(CONFIRM_IDENTITY, caller, { input: { password: PASSWORD } });
    expect(withPassword.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'input.code' } }]);
    expect(await confirmIdentity(caller, { code: '000000' })).toMatchObject({ __typename: 'InvalidSecondFactorError' });
    const code = nextCode(secret);
    expect(await confirmIdentity(caller, { code })).toHaveProperty('accessToken');
    expect(await confirmIdentity(caller, { code })).toMatchObject({ __typename: 'InvalidSecondFactorError' });
    expect(await confirmIdentity(caller, { code: String(recoveryCodes[0]) })).toHaveProperty('accessToken');
  });

  test('tries are limited in the session that guesses, and the owner’s other session is not', async () => {
    const { caller: thief, other } = await onTwoDevices();
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => harness.execute(CONFIRM_IDENTITY, thief, { input: { password: 'guess' } })),
    );
    expect(tries.filter(({ errors }) => errors === undefined)).toHaveLength(10);
    expect(tries.find(({ errors }) => errors)?.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    const change = await harness.execute(CHANGE_PASSWORD, thief, {
      input: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD },
    });
    expect(change.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    expect(await confirmIdentity(other.caller, { password: PASSWORD })).toHaveProperty('accessToken');
  });

  test('a correct password does not give a thief who has it more codes to try, and the owner is to be told', async () => {
    const { caller } = await registered(harness);
    const { userId } = caller;
    await withApp(caller);
    harness.clock.advance(16 * MINUTE_MS);
    const tryCode = () => harness.execute(DISABLE_TOTP, caller, { code: '000000' });
    for (let time = 0; time < 10; time += 1) {
      expect((await tryCode()).errors).toBeUndefined();
      await expect(changePassword(caller)).rejects.toThrow('REAUTHENTICATION_REQUIRED');
    }
    expect((await tryCode()).errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    const counted = { userId, factor: 'SECOND_FACTOR', attempts: 10 };
    expect(await harness.database.attemptWindow.findMany({ where: counted })).toHaveLength(1);
  });

  test('a session that has ended is not made fresh', async () => {
    const { caller } = await registered(harness);
    await harness.field(LOGOUT_EVERYWHERE, {}, { caller });
    const { errors } = await harness.execute(CONFIRM_IDENTITY, caller, { input: { password: PASSWORD } });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('changePassword', () => {
  test('ends the other sessions, keeps this one, and tells the owner by event and by mail', async () => {
    const { email, caller, other } = await onTwoDevices();
    const changed = { __typename: 'ChangePasswordPayload', revokedSessionIds: [other.caller.sessionId] };
    expect(await changePassword(caller)).toEqual(changed);
    await expectOnly(caller, other);
    expect(await changesOf(caller.userId)).toEqual([{ userId: caller.userId, change: 'PASSWORD_CHANGED' }]);
    expect((await mailbox.mailsTo(email, 2)).map(({ subject }) => subject)).toContain('Your password was changed');
    const old = await harness.field(LOGIN, { input: { email, password: PASSWORD } });
    expect(old).toMatchObject({ __typename: 'InvalidCredentialsError' });
    expect(await signedIn(email, NEW_PASSWORD)).toHaveProperty('accessToken');
  });

  test('a wrong or weak password changes nothing', async () => {
    const { caller, other } = await onTwoDevices();
    expect(await changePassword(caller, NEW_PASSWORD, 'not my password')).toEqual(WRONG);
    const refused = await Promise.all(['short', PASSWORD].map((weak) => changePassword(caller, weak)));
    expect(refused.map(({ __typename }) => __typename)).toEqual(['WeakPasswordError', 'WeakPasswordError']);
    expect(await activeSessions(caller.userId)).toHaveLength(2);
    expect(tokensOf(await harness.field(REFRESH, { refreshToken: other.refreshToken }))).toBeTruthy();
  });

  test('of concurrent changes exactly one succeeds', async () => {
    const { caller } = await registered(harness);
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, index) => changePassword(caller, `${NEW_PASSWORD} ${index}`)),
    );
    expect(answers.filter(({ __typename }) => __typename === 'ChangePasswordPayload')).toHaveLength(1);
    expect(await changesOf(caller.userId)).toHaveLength(1);
  });

  test('a login under way with the old password opens no session that stays', async () => {
    const { email, caller } = await registered(harness);
    await Promise.all([
      ...Array.from({ length: 6 }, () => harness.field(LOGIN, { input: { email, password: PASSWORD } })),
      changePassword(caller),
    ]);
    expect(await activeSessions(caller.userId)).toEqual([caller.sessionId]);
  });

  test('control: a session opens only with the credentials that it was asked for with', async () => {
    const { caller } = await registered(harness);
    await changePassword(caller);
    const sessions = new SessionRepository(harness.database);
    const [createdAt, expiresAt] = [harness.clock.now(), new Date('2100-01-01')];
    const times = { createdAt, authenticatedAt: createdAt, lastSeenAt: createdAt, expiresAt };
    const session = { id: 'ses_late', userId: caller.userId, userAgent: null, ...times };
    const open = (credentials: number) =>
      sessions.open(session, `hash-${credentials}`, { credentials, fingerprint: null });
    expect(await open(0)).toBeNull();
    expect(await open(1)).toEqual([]);
  });
});

describe('changeEmail', () => {
  test('the new address counts once its code is given, and the old one is told before and after', async () => {
    const { email, caller, other } = await onTwoDevices();
    await mailbox.mailsTo(email);
    const newEmail = freshEmail();
    expect(await changeEmail(caller, newEmail.toUpperCase())).toEqual({
      __typename: 'ChangeEmailPayload',
      pendingEmail: newEmail,
    });
    await expectOnly(caller, other);
    expect(await signedIn(email)).toHaveProperty('accessToken');
    const [mail] = await mailbox.mailsTo(newEmail);
    const token = mail === undefined ? '' : tokenIn(mail);
    const user = { id: caller.userId, email: newEmail, emailVerified: true };
    expect(await harness.field(VERIFY_EMAIL, { token })).toEqual({ __typename: 'VerifyEmailPayload', user });
    expect(await harness.field(LOGIN, { input: { email, password: PASSWORD } })).not.toHaveProperty('accessToken');
    expect(await signedIn(newEmail)).toHaveProperty('accessToken');
    expect(await changesOf(caller.userId)).toEqual([{ userId: caller.userId, change: 'EMAIL_CHANGED' }]);
    const told = (await mailbox.mailsTo(email, 3)).map(({ subject }) => subject);
    expect(told).toEqual(
      expect.arrayContaining(['Your email address is about to change', 'Your email address was changed']),
    );
  });

  test('an address that another account has shows as taken only to who reads its mail', async () => {
    const [owner, { caller, email: own }] = [await registered(harness), await registered(harness)];
    await Promise.all([mailbox.mailsTo(owner.email), mailbox.mailsTo(own)]);
    expect(await changeEmail(caller, owner.email)).toMatchObject({ pendingEmail: owner.email });
    const [, mail] = await mailbox.mailsTo(owner.email, 2);
    const token = mail === undefined ? '' : tokenIn(mail);
    expect(await harness.field(VERIFY_EMAIL, { token })).toMatchObject({ __typename: 'EmailTakenError' });
    const { email } = await harness.database.user.findUniqueOrThrow({ where: { id: caller.userId } });
    expect(email).not.toBe(owner.email);
  });

  test('the code of an address that is no longer wanted does nothing', async () => {
    const { caller } = await registered(harness);
    const [first, second] = [freshEmail(), freshEmail()];
    await changeEmail(caller, first);
    const [mail] = await mailbox.mailsTo(first);
    await changeEmail(caller, second);
    const token = mail === undefined ? '' : tokenIn(mail);
    expect(await harness.field(VERIFY_EMAIL, { token })).toMatchObject({ __typename: 'MailTokenExpiredError' });
  });

  test('one’s own address and nonsense are refused', async () => {
    const { email, caller } = await registered(harness);
    for (const newEmail of [email, 'nonsense']) {
      const { errors } = await harness.execute(CHANGE_EMAIL, caller, { input: { newEmail, password: PASSWORD } });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'input.newEmail' } }]);
    }
  });
});

describe('second factor', () => {
  test('adding and removing an app end the other sessions and tell the owner', async () => {
    const { email, caller, other } = await onTwoDevices();
    const { secret } = await withApp(caller);
    await expectOnly(caller, other);
    expect(await harness.field(DISABLE_TOTP, { code: '000000' }, { caller })).toMatchObject({
      __typename: 'InvalidSecondFactorError',
    });
    const removed = await harness.field(DISABLE_TOTP, { code: nextCode(secret) }, { caller });
    expect(removed).toEqual({ __typename: 'DisableTotpPayload', user: { id: caller.userId, secondFactors: [] } });
    expect(await harness.database.recoveryCode.count({ where: { userId: caller.userId } })).toBe(0);
    expect(await changesOf(caller.userId)).toMatchObject([{ change: 'TOTP_ENABLED' }, { change: 'TOTP_DISABLED' }]);
    expect(await signedIn(email)).toHaveProperty('accessToken');
    const again = await harness.execute(DISABLE_TOTP, caller, { code: '123456' });
    expect(again.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });

  test('with an app, the password alone does not change credentials once the sign-in is old', async () => {
    const { caller } = await registered(harness);
    await withApp(caller);
    harness.clock.advance(16 * MINUTE_MS);
    const input = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    expect((await harness.execute(CHANGE_PASSWORD, caller, { input })).errors).toMatchObject(REAUTHENTICATE);
    const address = { newEmail: freshEmail(), password: PASSWORD };
    expect((await harness.execute(CHANGE_EMAIL, caller, { input: address })).errors).toMatchObject(REAUTHENTICATE);
  });

  test('a login that awaits its code does not survive a change of the password', async () => {
    const { email, caller } = await registered(harness);
    const { secret } = await withApp(caller);
    const { challengeId } = await harness.field(LOGIN, { input: { email, password: PASSWORD } });
    await changePassword(caller);
    const query = `mutation ($input: AnswerSecondFactorInput!) { answerSecondFactor(input: $input) { __typename } }`;
    const answer = await harness.field(query, { input: { challengeId, code: nextCode(secret) } });
    expect(answer).toEqual({ __typename: 'SecondFactorExpiredError' });
  });

  test('the factors of many people take one statement', async () => {
    const quiet = await openAccounts();
    const people = await Promise.all(Array.from({ length: 3 }, () => registered(quiet)));
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on User { secondFactors } } }`;
    const representations = people.map(({ caller }) => ({ __typename: 'User', id: caller.userId }));
    const support = { ...(people[0]?.caller as UserCaller), scopes: ['users:write'] };
    const sent = await quiet.statements.during(() => quiet.execute(query, support, { representations }));
    const reads = sent.filter((statement) => !/outbox_events/.test(statement));
    expect(reads).toHaveLength(2);
  });
});

test('logoutEverywhere ends every session of the person, and nobody else’s', async () => {
  const { caller, other } = await onTwoDevices();
  const stranger = await registered(harness);
  const { revokedSessionIds } = await harness.field(LOGOUT_EVERYWHERE, {}, { caller });
  expect((revokedSessionIds as string[]).toSorted()).toEqual([caller.sessionId, other.caller.sessionId].toSorted());
  expect(await activeSessions(caller.userId)).toEqual([]);
  expect(await activeSessions(stranger.caller.userId)).toHaveLength(1);
});

test.each([
  [CONFIRM_IDENTITY, { input: { password: PASSWORD } }],
  [CHANGE_PASSWORD, { input: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } }],
  [CHANGE_EMAIL, { input: { newEmail: 'a@example.com', password: PASSWORD } }],
  [DISABLE_TOTP, { code: '123456' }],
  [LOGOUT_EVERYWHERE, {}],
])('who is not signed in changes nothing: %s', async (query, variables) => {
  const { errors } = await harness.execute(query, ANONYMOUS, variables);
  expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});
