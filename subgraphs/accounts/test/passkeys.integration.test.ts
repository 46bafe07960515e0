import { ANONYMOUS, type UserCaller } from '@marquee/subgraph';
import { beforeAll, describe, expect, test } from 'vitest';

import { hashToken } from '../src/adapters/tokens.ts';
import { SoftwareAuthenticator } from './authenticator.ts';
import {
  type AccountsHarness,
  callerOf,
  CONFIRM_IDENTITY,
  LOGIN,
  openAccounts,
  PASSWORD,
  REFRESH,
  registered,
  tokensOf,
} from './harness.ts';

const START = 'mutation { startPasskeyRegistration { challengeId options } }';
const FINISH = `mutation($input: FinishPasskeyInput!) { finishPasskeyRegistration(input: $input) {
  __typename ... on FinishPasskeyRegistrationPayload { passkey { id name createdAt lastUsedAt } }
  ... on UserError { message } } }`;
const REMOVE = 'mutation($id: ID!) { removePasskey(id: $id) { removedPasskeyId } }';
const START_LOGIN = 'mutation { startPasskeyLogin { challengeId options } }';
const FINISH_LOGIN = `mutation($input: FinishPasskeyInput!) { finishPasskeyLogin(input: $input) {
  __typename ... on AuthPayload { accessToken refreshToken user { id passkeys { name lastUsedAt } } }
  ... on UserError { message } } }`;
const INVALID = {
  __typename: 'InvalidPasskeyError',
  message: 'Your passkey could not be verified. Try again, or sign in another way.',
};

let harness: AccountsHarness;
beforeAll(async () => {
  harness = await openAccounts();
});

interface Started {
  readonly challengeId: string;
  readonly options: unknown;
}

const start = async (caller: UserCaller) => (await harness.field(START, {}, { caller })) as unknown as Started;
const startLogin = async () => (await harness.field(START_LOGIN)) as unknown as Started;
const finish = (caller: UserCaller, input: object) => harness.field(FINISH, { input }, { caller });
const finishLogin = ({ challengeId }: Started, response: object) =>
  harness.field(FINISH_LOGIN, { input: { challengeId, response } });

async function login(authenticator: SoftwareAuthenticator, deviations = {}) {
  const started = await startLogin();
  return finishLogin(started, authenticator.get(started.options, deviations));
}

async function added(caller: UserCaller, name = 'Phone') {
  const authenticator = new SoftwareAuthenticator();
  const { challengeId, options } = await start(caller);
  const answer = await finish(caller, { challengeId, response: authenticator.create(options), name });
  return { authenticator, id: (answer['passkey'] as { id: string }).id };
}

const changesOf = async (userId: string) => {
  const where = { key: userId, type: 'account.security-changed' };
  const events = await harness.database.outboxEvent.findMany({ where });
  return events.map(({ payload }) => (payload as { change: string }).change).toSorted();
};

describe('confirming an identity', () => {
  const confirm = (caller: UserCaller, { challengeId }: Started, response: object) =>
    harness.field(CONFIRM_IDENTITY, { input: { passkey: { challengeId, response } } }, { caller });

  test('a passkey makes the sign-in of an account without a password fresh, once a challenge', async () => {
    const { caller } = await registered(harness);
    const { authenticator } = await added(caller);
    await harness.database.user.update({ where: { id: caller.userId }, data: { passwordHash: null } });
    const started = await startLogin();
    const response = authenticator.get(started.options);
    const old = { ...caller, authenticatedAt: new Date(0) };
    const fresh = await callerOf(harness, (await confirm(old, started, response))['accessToken']);
    expect(fresh).toMatchObject({ sessionId: caller.sessionId });
    expect(fresh.authenticatedAt.getTime()).toBeGreaterThan(harness.clock.now().getTime() - 60_000);
    expect(await confirm(old, started, response)).toEqual(INVALID);
  });

  test('somebody else’s passkey, one of a registration and one that did not verify its owner are refused', async () => {
    const [person, stranger] = [await registered(harness), await registered(harness)];
    const [mine, theirs] = [await added(person.caller), await added(stranger.caller)];
    const [first, second, adding] = [await startLogin(), await startLogin(), await start(person.caller)];
    const answers = [
      await confirm(person.caller, first, theirs.authenticator.get(first.options)),
      await confirm(person.caller, second, mine.authenticator.get(second.options, { verified: false })),
      await confirm(person.caller, adding, mine.authenticator.get(adding.options)),
    ];
    expect(answers).toEqual([INVALID, INVALID, INVALID]);
  });
});

describe('adding and removing', () => {
  test('a passkey is added with a fresh sign-in; other sessions end, and the owner is told', async () => {
    const person = await registered(harness);
    const other = tokensOf(await harness.field(LOGIN, { input: { email: person.email, password: PASSWORD } }));
    const authenticator = new SoftwareAuthenticator();
    const { challengeId, options } = await start(person.caller);
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const input = { challengeId, response: authenticator.create(options), name: ' My  phone ' };
    expect(await finish(person.caller, input)).toMatchObject({ passkey: { name: 'My phone', lastUsedAt: null } });
    expect(await harness.field(REFRESH, { refreshToken: other.refreshToken })).toMatchObject({
      __typename: 'SessionExpiredError',
    });
    expect(tokensOf(await harness.field(REFRESH, { refreshToken: person.refreshToken }))).toBeTruthy();
    expect(await changesOf(person.caller.userId)).toEqual(['PASSKEY_ADDED']);
    const mails = await harness.database.outgoingMail.findMany({ where: { userId: person.caller.userId } });
    expect(mails.map(({ kind }) => kind)).toContain('PASSKEY_ADDED');
    const again = await start(person.caller);
    expect((again.options as { excludeCredentials: unknown[] }).excludeCredentials).toHaveLength(1);
  });

  test('a challenge works once, for who asked for it, and for five minutes', async () => {
    const [one, other] = [await registered(harness), await registered(harness)];
    const { challengeId, options } = await start(one.caller);
    const response = new SoftwareAuthenticator().create(options);
    expect(await finish(other.caller, { challengeId, response })).toEqual(INVALID);
    expect(await finish(one.caller, { challengeId, response })).toEqual(INVALID);
    const late = await start(one.caller);
    harness.clock.advance(5 * 60_000 + 1);
    const answer = new SoftwareAuthenticator().create(late.options);
    expect(await finish(one.caller, { challengeId: late.challengeId, response: answer })).toEqual(INVALID);
  });

  test('a response of another page, without the person’s check, or of no form at all is refused', async () => {
    const { caller } = await registered(harness);
    const answers: ((options: unknown) => unknown)[] = [
      (options) => new SoftwareAuthenticator().create(options, { origin: 'https://marquee.example.net' }),
      (options) => new SoftwareAuthenticator().create(options, { verified: false }),
      () => ({ id: 'x', response: { clientDataJSON: '!' } }),
      () => 'nothing',
    ];
    for (const answer of answers) {
      const { challengeId, options } = await start(caller);
      expect(await finish(caller, { challengeId, response: answer(options) })).toEqual(INVALID);
    }
    expect(await changesOf(caller.userId)).toEqual([]);
  });

  test('an authenticator belongs to one account', async () => {
    const [one, other] = [await registered(harness), await registered(harness)];
    const { authenticator } = await added(one.caller);
    const { challengeId, options } = await start(other.caller);
    const answer = await finish(other.caller, { challengeId, response: authenticator.create(options) });
    expect(answer).toMatchObject({ __typename: 'InvalidPasskeyError', message: expect.stringMatching(/added before/) });
  });

  test('an account has at most 20', async () => {
    const { caller } = await registered(harness);
    const started = await start(caller);
    await harness.database.passkey.createMany({
      data: Array.from({ length: 20 }, (_, index) => ({
        ...{ id: `psk_${index}`, userId: caller.userId, credentialId: `c${index}`, publicKey: Buffer.from('x') },
        ...{ counter: 0, name: 'Key', createdAt: new Date() },
      })),
    });
    const response = new SoftwareAuthenticator().create(started.options);
    const message = 'Remove a passkey first: you have 20.';
    expect(await finish(caller, { challengeId: started.challengeId, response })).toMatchObject({ message });
    expect((await harness.execute(START, caller)).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('an old sign-in neither adds nor removes one, and a stranger’s is not found', async () => {
    const [one, other] = [await registered(harness), await registered(harness)];
    const { id } = await added(one.caller);
    const old = { ...one.caller, authenticatedAt: new Date(harness.clock.now().getTime() - 16 * 60_000) };
    const input = { challengeId: 'x', response: {} };
    for (const [query, variables] of [
      [START, {}],
      [FINISH, { input }],
      [REMOVE, { id }],
    ] as const) {
      const { errors } = await harness.execute(query, old, variables);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'REAUTHENTICATION_REQUIRED' });
      const anonymous = await harness.execute(query, ANONYMOUS, variables);
      expect(anonymous.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    const { errors } = await harness.execute(REMOVE, other.caller, { id });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect(await harness.field(REMOVE, { id }, { caller: one.caller })).toEqual({ removedPasskeyId: id });
    expect(await changesOf(one.caller.userId)).toEqual(['PASSKEY_ADDED', 'PASSKEY_REMOVED']);
  });

  test('of two removals at once, the last way in stays; with a password both go', async () => {
    for (const passwordless of [true, false]) {
      const { caller } = await registered(harness);
      const ids = [(await added(caller)).id, (await added(caller)).id];
      if (passwordless) {
        await harness.database.user.update({ where: { id: caller.userId }, data: { passwordHash: null } });
      }
      const answers = await Promise.all(ids.map((id) => harness.execute(REMOVE, caller, { id })));
      const refused = answers.filter(({ errors }) => errors?.[0]?.extensions?.['code'] === 'FORBIDDEN');
      expect(refused).toHaveLength(passwordless ? 1 : 0);
      const where = { userId: caller.userId };
      expect(await harness.database.passkey.count({ where })).toBe(passwordless ? 1 : 0);
    }
  });
});

describe('signing in', () => {
  test('a passkey signs in without a name, freshly, and without the authenticator app', async () => {
    const { caller } = await registered(harness);
    const { authenticator } = await added(caller);
    await harness.database.totpDevice.create({
      data: { userId: caller.userId, secret: Buffer.from('x'), startedAt: new Date(), confirmedAt: new Date() },
    });
    const answer = await login(authenticator);
    expect(answer).toMatchObject({
      user: { id: caller.userId, passkeys: [{ name: 'Phone', lastUsedAt: expect.any(String) }] },
    });
    const signedIn = await callerOf(harness, tokensOf(answer).accessToken);
    expect(signedIn.sessionId).not.toBe(caller.sessionId);
    expect(harness.clock.now().getTime() - signedIn.authenticatedAt.getTime()).toBeLessThan(60_000);
  });

  test('of one response sent eight times at once one signs in; eight responses all do', async () => {
    const { caller } = await registered(harness);
    const { authenticator } = await added(caller);
    const started = await startLogin();
    const response = authenticator.get(started.options);
    const same = await Promise.all(Array.from({ length: 8 }, () => finishLogin(started, response)));
    expect(same.filter(({ __typename }) => __typename === 'AuthPayload')).toHaveLength(1);
    const others = await Promise.all(Array.from({ length: 8 }, async () => added(caller)));
    const own = await Promise.all(others.map((each) => login(each.authenticator)));
    expect(own.filter(({ __typename }) => __typename === 'AuthPayload')).toHaveLength(8);
  });

  test('a copy is refused with the original from then on, and the owner is told once', async () => {
    const { caller } = await registered(harness);
    const { authenticator } = await added(caller);
    expect(await login(authenticator)).toMatchObject({ __typename: 'AuthPayload' });
    authenticator.counter = 0;
    expect(await login(authenticator)).toEqual(INVALID);
    expect(await login(authenticator)).toEqual(INVALID);
    expect(await changesOf(caller.userId)).toEqual(['PASSKEY_ADDED', 'PASSKEY_COPIED']);
  });

  test('a removed passkey, another person’s handle, a foreign page and a missing check are refused', async () => {
    const { caller } = await registered(harness);
    const { authenticator, id } = await added(caller);
    expect(await login(authenticator, { userHandle: Buffer.from('usr_2').toString('base64url') })).toEqual(INVALID);
    expect(await login(authenticator, { origin: 'https://marquee.example.net' })).toEqual(INVALID);
    expect(await login(authenticator, { verified: false })).toEqual(INVALID);
    const registration = await start(caller);
    expect(await finishLogin(registration, authenticator.get(registration.options))).toEqual(INVALID);
    expect(await login(authenticator)).toMatchObject({ __typename: 'AuthPayload' });
    await harness.field(REMOVE, { id }, { caller });
    expect(await login(authenticator)).toEqual(INVALID);
  });

  test('a new password by mail removes passkeys that were added before the address was proved', async () => {
    const { caller, email } = await registered(harness);
    const { authenticator } = await added(caller);
    const expiresAt = new Date(harness.clock.now().getTime() + 60_000);
    await harness.database.mailToken.create({
      data: { hash: hashToken('reset_1'), userId: caller.userId, purpose: 'RESET_PASSWORD', email, expiresAt },
    });
    const input = { token: 'reset_1', newPassword: 'battery horse staple' };
    const reset = 'mutation($input: ResetPasswordInput!) { resetPassword(input: $input) { __typename } }';
    expect(await harness.field(reset, { input })).toEqual({ __typename: 'AuthPayload' });
    expect(await login(authenticator)).toEqual(INVALID);
  });
});
