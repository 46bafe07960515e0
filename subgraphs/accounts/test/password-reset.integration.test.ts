import { ANONYMOUS, type Device, type UserCaller } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  type AccountsHarness,
  CHANGE_PASSWORD,
  CONFIRM_IDENTITY,
  CONFIRM_TOTP,
  freshEmail,
  LOGIN,
  openAccounts,
  PASSWORD,
  REFRESH,
  registered,
  REQUEST_RESET,
  RESET_PASSWORD,
  START_TOTP,
  VERIFY_EMAIL,
} from './harness.ts';
import { type Mailbox, openAccountsWithMail, tokenIn } from './mailbox.ts';

let harness: AccountsHarness;
let mailbox: Mailbox;
beforeAll(async () => {
  harness = await openAccountsWithMail().then(({ mailbox: opened, ...rest }) => ((mailbox = opened), rest));
});
afterAll(() => mailbox.stop());

const NEW_PASSWORD = 'battery horse staple';
const EXPIRED = {
  __typename: 'MailTokenExpiredError',
  message: 'This link or code no longer works. Ask for a new one.',
};

const request = (email: string, from: Partial<{ device: Device }> = {}) =>
  harness.field(REQUEST_RESET, { email }, from);
const reset = (token: string, newPassword = NEW_PASSWORD, from: Partial<{ device: Device }> = {}) =>
  harness.field(RESET_PASSWORD, { input: { token, newPassword } }, from);

/** A user, and the code of the mail for a new password. */
async function forgetful() {
  const person = await registered(harness);
  await request(person.email.toUpperCase());
  const token = await resetToken(person.email);
  return { ...person, token };
}

function resetToken(email: string): Promise<string> {
  return eventually(async () => {
    const mails = await mailbox.mailsTo(email);
    const mail = mails.findLast(({ subject }) => subject === 'Reset your password');
    if (mail === undefined) throw new Error('There is no mail yet');
    return tokenIn(mail);
  });
}

test('the code of the mail sets a password once, signs in, verifies the address and ends all other sessions', async () => {
  const { email, caller, refreshToken, token } = await forgetful();
  for (const refused of ['short', PASSWORD])
    expect(await reset(token, refused)).toMatchObject({ __typename: 'WeakPasswordError' });
  expect(await reset(token)).toMatchObject({ __typename: 'AuthPayload', expiresIn: 600 });
  expect(await reset(token)).toEqual(EXPIRED);
  expect(await harness.field(REFRESH, { refreshToken })).toMatchObject({ __typename: 'SessionExpiredError' });
  expect(await harness.redis.zscore(`${harness.namespace}:revoked-sessions`, caller.sessionId)).not.toBeNull();
  const user = await harness.database.user.findUniqueOrThrow({ where: { id: caller.userId } });
  expect(user.emailVerifiedAt).not.toBeNull();
  for (const [password, __typename] of [
    [PASSWORD, 'InvalidCredentialsError'],
    [NEW_PASSWORD, 'AuthPayload'],
  ] as const) {
    expect(await harness.field(LOGIN, { input: { email, password } })).toMatchObject({ __typename });
  }
  const events = await harness.database.outboxEvent.findMany({ where: { type: 'account.security-changed' } });
  expect(events.map(({ payload }) => payload)).toContainEqual({ userId: caller.userId, change: 'PASSWORD_RESET' });
});

test('the device that resets is known, and devices known before are not', async () => {
  const phone = { address: '198.51.100.20', userAgent: 'Firefox' };
  const stolen = { ...phone, address: '198.51.100.21' };
  const { email, caller } = await registered(harness, { device: stolen });
  await request(email);
  await reset(await resetToken(email), NEW_PASSWORD, { device: phone });
  const { userId } = caller;
  expect(await harness.database.knownDevice.count({ where: { userId } })).toBe(1);
  const input = { email, password: NEW_PASSWORD };
  const guess = { input: { email, password: 'a wrong guess' } };
  await harness.field(LOGIN, guess, { device: { address: '203.0.113.1', userAgent: null } });
  const later = new Date(harness.clock.now().getTime() + 60_000);
  await harness.database.attemptWindow.updateMany({ where: { userId }, data: { nextAt: later } });
  const from = (device: Device) =>
    harness.subgraph.execute({ query: LOGIN, variables: { input }, caller: ANONYMOUS, device });
  expect((await from(stolen)).errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  expect((await from(phone)).data).toMatchObject({ login: { __typename: 'AuthPayload' } });
});

test('neither the answer nor the statements tell whether an account has the address', async () => {
  const quiet = await openAccounts({ rateLimits: true });
  const { email } = await registered(quiet);
  const of = async (address: string) => {
    const answers: unknown[] = [];
    const sent = await quiet.statements.during(async () => {
      answers.push(await quiet.field(REQUEST_RESET, { email: address }));
    });
    return { answers, sent };
  };
  expect(await of(email)).toEqual(await of(freshEmail()));
  expect(await quiet.database.outgoingMail.count({ where: { kind: 'RESET_PASSWORD' } })).toBe(2);
  const rows = await quiet.database.outgoingMail.findMany({ where: { kind: 'RESET_PASSWORD' } });
  for (const { address } of rows) expect(Buffer.from(address ?? []).toString('latin1')).not.toContain('example.com');
});

test('of concurrent uses of a code exactly one sets the password', async () => {
  const { token } = await forgetful();
  const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => reset(token, `${NEW_PASSWORD} ${index}`)));
  expect(answers.filter(({ __typename }) => __typename === 'AuthPayload')).toHaveLength(1);
});

test('a code works for an hour, and not after another change of the password', async () => {
  const late = await forgetful();
  harness.clock.advance(60 * 60_000 + 1000);
  expect(await reset(late.token)).toEqual(EXPIRED);
  const { email, token: first } = await forgetful();
  await request(email);
  const second = await eventually(async () => {
    const token = await resetToken(email);
    expect(token).not.toBe(first);
    return token;
  });
  expect(await reset(second)).toMatchObject({ __typename: 'AuthPayload' });
  expect(await reset(first)).toEqual(EXPIRED);
  expect(await reset('reset_nonsense')).toEqual(EXPIRED);
});

test('mail alone does not sign in to an account with a second factor, once its address is verified', async () => {
  const { email, caller } = await registered(harness);
  const [mail] = await mailbox.mailsTo(email);
  await harness.field(VERIFY_EMAIL, { token: mail === undefined ? '' : tokenIn(mail) });
  await withApp(caller);
  await request(email);
  expect(await reset(await resetToken(email))).toMatchObject({ __typename: 'SignInRequiredError' });
  const login = await harness.field(LOGIN, { input: { email, password: NEW_PASSWORD } });
  expect(login).toMatchObject({ __typename: 'SecondFactorRequired' });
});

test('whoever signs up with the address of somebody else and adds an app does not keep them out', async () => {
  const { email, caller: squatter } = await registered(harness);
  await withApp(squatter);
  await request(email);
  expect(await reset(await resetToken(email))).toMatchObject({ __typename: 'AuthPayload' });
  const login = await harness.field(LOGIN, { input: { email, password: NEW_PASSWORD } });
  expect(login).toMatchObject({ __typename: 'AuthPayload' });
  expect(await harness.database.recoveryCode.count({ where: { userId: squatter.userId } })).toBe(0);
});

async function withApp(caller: UserCaller): Promise<void> {
  const { secret } = await harness.field(START_TOTP, {}, { caller });
  const totp = new TOTP({ secret: Secret.fromBase32(String(secret)) });
  const code = totp.generate({ timestamp: harness.clock.now().getTime() });
  await harness.field(CONFIRM_TOTP, { code }, { caller });
}

test('an address gets three mails in an hour, and every answer is the same', async () => {
  const { email } = await registered(harness);
  const answers = await Promise.all(Array.from({ length: 8 }, () => request(email)));
  expect(answers).toEqual(Array.from({ length: 8 }, () => ({ accepted: true })));
  await eventually(async () => expect(await harness.database.outgoingMail.count()).toBe(0));
  expect(await mailbox.mailsTo(email, 4)).toHaveLength(4);
});

test('a network that asks for many addresses is limited, and another is not', async () => {
  const from = (address: string) => ({ device: { address, userAgent: null } });
  for (let time = 0; time < 20; time += 1) await request(freshEmail(), from('203.0.113.9'));
  const query = { query: REQUEST_RESET, caller: ANONYMOUS, ...from('203.0.113.9') };
  const limited = await harness.subgraph.execute({ ...query, variables: { email: freshEmail() } });
  expect(limited.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  expect(await request(freshEmail(), from('198.51.100.7'))).toEqual({ accepted: true });
});

test('an account without a password is told to sign in again, and how to get one', async () => {
  const { caller } = await registered(harness);
  await harness.database.user.update({ where: { id: caller.userId }, data: { passwordHash: null } });
  const { errors } = await harness.execute(CONFIRM_IDENTITY, caller, { input: { password: PASSWORD } });
  const message = 'Use your passkey, or sign in again, to confirm that this is you.';
  expect(errors).toMatchObject([{ message, extensions: { code: 'FORBIDDEN' } }]);
  const change = await harness.execute(CHANGE_PASSWORD, caller, {
    input: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD },
  });
  const how = 'This account has no password. Set one first: choose “Forgot password”.';
  expect(change.errors).toMatchObject([{ message: how, extensions: { code: 'FORBIDDEN' } }]);
});
