import { ANONYMOUS } from '@marquee/subgraph';
import { beforeAll, describe, expect, test } from 'vitest';

import {
  callerOf,
  freshEmail,
  LOGIN,
  PASSWORD,
  REGISTER,
  registered,
  type AccountsHarness,
  openAccounts,
  tokensOf,
  VIEWER,
} from './harness.ts';

let harness: AccountsHarness;
beforeAll(async () => {
  harness = await openAccounts();
});

const WRONG = {
  __typename: 'InvalidCredentialsError',
  message: 'The email address or password is incorrect. Check both and try again.',
};

describe('register', () => {
  test('creates an account, signs in to it and emits an event', async () => {
    const input = {
      email: ' Grace@Example.com ',
      password: PASSWORD,
      displayName: '  Grace   Hopper ',
      locale: 'de-ch',
    };
    const answer = await harness.field(REGISTER, { input });
    expect(answer).toMatchObject({
      __typename: 'AuthPayload',
      expiresIn: 600,
      user: {
        id: expect.stringMatching(/^usr_[0-9a-f]{32}$/),
        email: 'grace@example.com',
        displayName: 'Grace Hopper',
      },
    });
    const caller = await callerOf(harness, answer['accessToken']);
    expect(caller).toMatchObject({ roles: ['CUSTOMER'], scopes: [], emailVerified: false });
    expect(Math.abs(caller.authenticatedAt.getTime() - Date.now())).toBeLessThan(60_000);
    expect(caller.expiresAt.getTime() - Date.now()).toBeGreaterThan(590_000);
    const events = await harness.database.outboxEvent.findMany({ where: { key: caller.userId } });
    expect(events).toMatchObject([
      {
        type: 'account.registered',
        payload: { userId: caller.userId, email: 'grace@example.com', displayName: 'Grace Hopper', locale: 'de-CH' },
      },
    ]);
  });

  test('an address is taken in any case', async () => {
    const { email } = await registered(harness);
    const input = { email: email.toUpperCase(), password: PASSWORD, displayName: 'Again' };
    expect(await harness.field(REGISTER, { input })).toMatchObject({ __typename: 'EmailTakenError' });
  });

  test('of concurrent registrations with one address exactly one succeeds', async () => {
    const input = { email: freshEmail(), password: PASSWORD, displayName: 'Racer' };
    const answers = await Promise.all(Array.from({ length: 4 }, () => harness.field(REGISTER, { input })));
    expect(answers.filter(({ __typename }) => __typename === 'AuthPayload')).toHaveLength(1);
    expect(answers.filter(({ __typename }) => __typename === 'EmailTakenError')).toHaveLength(3);
  });

  test('the database rejects an address with capital letters', async () => {
    const { caller } = await registered(harness);
    const change = harness.database.user.update({ where: { id: caller.userId }, data: { email: 'Mixed@example.com' } });
    await expect(change).rejects.toThrow(/users_email_lower_case/);
  });

  test.each([
    ['short', /at least 10/],
    ['qwertyuiop', /too common/],
    ['aaaaaaaaaaaaaa', /different characters/],
    ['x'.repeat(201), /at most 200/],
  ])('the password %j is too weak', async (password, message) => {
    const input = { email: freshEmail(), password, displayName: 'Weak' };
    expect(await harness.field(REGISTER, { input })).toEqual({
      __typename: 'WeakPasswordError',
      message: expect.stringMatching(message),
    });
  });

  test.each([
    ['input.email', { email: 'nobody' }],
    ['input.email', { email: `${'x'.repeat(250)}@example.com` }],
    ['input.displayName', { displayName: '   ' }],
    ['input.displayName', { displayName: 'nul\0' }],
    ['input.displayName', { displayName: 'x'.repeat(81) }],
    ['input.displayName', { displayName: '\u200b\u3164\ufeff' }],
    ['input.displayName', { displayName: 'nimdA\u202e' }],
    ['input.displayName', { displayName: 'Ada \u2066Admin' }],
    ['input.locale', { locale: 'not a locale' }],
    ['input.locale', { locale: `en-x${'-aaaaaaaa'.repeat(4)}` }],
  ])('an invalid %s is named', async (field, wrong) => {
    const input = { email: freshEmail(), password: PASSWORD, displayName: 'Wrong', ...wrong };
    const { errors } = await harness.execute(REGISTER, ANONYMOUS, { input });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
  });

  test.each(['山田 太郎', 'नि\u200dखिल', 'محمد', '👩\u200d🚀', '7'])('%s is a valid name', async (displayName) => {
    const input = { email: freshEmail(), password: PASSWORD, displayName };
    expect(await harness.field(REGISTER, { input })).toMatchObject({ user: { displayName } });
  });

  test('the password is hashed by argon2id with the parameters recommended by OWASP', async () => {
    const { caller } = await registered(harness);
    const { passwordHash } = await harness.database.user.findUniqueOrThrow({ where: { id: caller.userId } });
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('login', () => {
  test('opens a session of its own, with the address in any case', async () => {
    const { email, caller } = await registered(harness);
    const device = { address: '192.0.2.1', userAgent: 'Firefox' };
    const answer = await harness.field(
      LOGIN,
      { input: { email: email.toUpperCase(), password: PASSWORD } },
      { device },
    );
    expect(answer).toMatchObject({ __typename: 'AuthPayload', user: { id: caller.userId, roles: ['CUSTOMER'] } });
    const second = await callerOf(harness, tokensOf(answer).accessToken);
    expect(second.sessionId).not.toBe(caller.sessionId);
    const viewer = await harness.field(VIEWER, {}, { caller: second });
    expect(viewer['sessions']).toMatchObject([
      { id: second.sessionId, userAgent: 'Firefox', current: true },
      { id: caller.sessionId, userAgent: null, current: false },
    ]);
  });

  test('a wrong password, an unknown address and an invalid one get the same response', async () => {
    const { email } = await registered(harness);
    for (const input of [
      { email, password: 'not the password' },
      { email: freshEmail(), password: PASSWORD },
      { email: 'nobody', password: '' },
      { email: 'nul\0@example.com', password: '\0' },
    ]) {
      expect(await harness.field(LOGIN, { input })).toEqual(WRONG);
    }
  });

  test('an unknown address takes about as long as a known one', async () => {
    const { email } = await registered(harness);
    const millisecondsOf = async (address: string): Promise<number> => {
      const began = performance.now();
      for (let time = 0; time < 5; time += 1) {
        await harness.field(LOGIN, { input: { email: address, password: 'not the password' } });
      }
      return performance.now() - began;
    };
    const unknown = await millisecondsOf(freshEmail());
    const known = await millisecondsOf(email);
    expect(unknown).toBeGreaterThan(known / 3);
  });

  test('takes four statements', async () => {
    const { email } = await registered(harness);
    const sent = await harness.statements.during(() => harness.field(LOGIN, { input: { email, password: PASSWORD } }));
    expect(sent).toHaveLength(4);
  });
});

describe('attempt limits', () => {
  const send = (query: string, input: Record<string, string>, address: string | null) =>
    harness.subgraph.execute({
      ...{ query, variables: { input }, caller: ANONYMOUS },
      device: { address, userAgent: null },
    });
  const guess = (email: string, address: string | null = null, password = 'a wrong guess') =>
    send(LOGIN, { email, password }, address);
  const limited = { extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } };

  test('after ten wrong passwords in 15 minutes an account rejects even the correct one', async () => {
    const { email } = await registered(harness);
    for (let time = 0; time < 10; time += 1) expect((await guess(email)).data).toEqual({ login: WRONG });
    const refused = await guess(email, null, PASSWORD);
    expect(refused.errors).toMatchObject([limited]);
    expect(refused.errors?.[0]?.extensions?.['retryAfterSeconds']).toBeGreaterThan(890);
    harness.clock.advance(15 * 60_000 + 1_000);
    expect((await guess(email, null, PASSWORD)).data).toMatchObject({ login: { __typename: 'AuthPayload' } });
  });

  test('an address without an account has the same limit', async () => {
    const email = freshEmail();
    for (let time = 0; time < 10; time += 1) await guess(email);
    expect((await guess(email)).errors).toMatchObject([limited]);
  });

  test('concurrent attempts are all counted', async () => {
    const { email } = await registered(harness);
    const answers = await Promise.all(Array.from({ length: 15 }, () => guess(email)));
    expect(answers.filter(({ errors }) => errors !== undefined)).toHaveLength(5);
  });

  test('a successful login clears the account’s count', async () => {
    const { email } = await registered(harness);
    for (let round = 0; round < 2; round += 1) {
      for (let time = 0; time < 9; time += 1) await guess(email);
      expect((await guess(email, null, PASSWORD)).data).toMatchObject({ login: { __typename: 'AuthPayload' } });
    }
  });

  test('a network (an IPv6 /64) is limited over all accounts, and successful logins do not count', async () => {
    await harness.database.attemptWindow.create({
      data: {
        subject: 'login-address:2001:db8:0:1::/64',
        attempts: 99,
        endsAt: new Date(harness.clock.now().getTime() + 60_000),
      },
    });
    const { email } = await registered(harness);
    expect((await guess(email, '2001:db8:0:1::7', PASSWORD)).data).toMatchObject({
      login: { __typename: 'AuthPayload' },
    });
    expect((await guess(freshEmail(), '2001:db8::1:0:0:0:1')).data).toEqual({ login: WRONG });
    expect((await guess(freshEmail(), '2001:db8:0:1:ffff::9')).errors).toMatchObject([limited]);
    expect((await guess(freshEmail(), '2001:db8:0:2::9')).data).toEqual({ login: WRONG });
  });

  test('a network is limited in failed registrations, and successful ones do not count', async () => {
    const { email } = await registered(harness);
    const endsAt = new Date(harness.clock.now().getTime() + 60_000);
    await harness.database.attemptWindow.create({
      data: { subject: 'register-address:192.0.2.7', attempts: 99, endsAt },
    });
    const register = (of: string, address: string) =>
      send(REGISTER, { email: of, password: PASSWORD, displayName: 'Probe' }, address);
    const taken = { register: { __typename: 'EmailTakenError' } };
    expect((await register(freshEmail(), '192.0.2.7')).data).toMatchObject({ register: { __typename: 'AuthPayload' } });
    expect((await register(email, '192.0.2.7')).data).toMatchObject(taken);
    expect((await register(email, '192.0.2.7')).errors).toMatchObject([limited]);
    expect((await register(email, '192.0.2.8')).data).toMatchObject(taken);
  });

  test('the limits can be removed for load tests', async () => {
    const unlimited = await openAccounts({ rateLimits: false });
    const email = freshEmail();
    for (let time = 0; time < 11; time += 1) {
      const { data } = await unlimited.execute(LOGIN, ANONYMOUS, { input: { email, password: 'a wrong guess' } });
      expect(data).toEqual({ login: WRONG });
    }
  });
});
