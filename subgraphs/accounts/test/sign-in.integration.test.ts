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
      referralCode: ' popcorn7 ',
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
    expect(events.map(({ type, payload }) => ({ type, payload }))).toEqual([
      { type: 'account.registered', payload: { userId: caller.userId, referralCode: 'POPCORN7' } },
    ]);
    const [user] = await harness.database.user.findMany({ where: { id: caller.userId } });
    expect(user).toMatchObject({ locale: 'de-CH' });
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
    ['qwertyuiop', /easy to guess/],
    ['aaaaaaaaaaaaaa', /easy to guess/],
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
    ['input.referralCode', { referralCode: 'no code!' }],
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
      { email: 'control\u0001@example.com', password: '\u0001' },
    ]) {
      expect(await harness.field(LOGIN, { input })).toEqual(WRONG);
    }
  });

  test('passwords with NUL or a lone surrogate are refused, because some of them have one hash', async () => {
    const email = freshEmail();
    const account = { email, password: `${PASSWORD}\ufffd`, displayName: 'Ada Lovelace' };
    expect(await harness.field(REGISTER, { input: account })).toMatchObject({ __typename: 'AuthPayload' });
    for (const end of ['\ud800', '\udfff', '\0']) {
      const refused = harness.field(LOGIN, { input: { email, password: `${PASSWORD}${end}` } });
      await expect(refused).rejects.toThrow(/"code":"BAD_USER_INPUT","field":"input.password"/);
    }
    const paired = { input: { email, password: `${PASSWORD}\ud83d\ude00` } };
    expect(await harness.field(LOGIN, paired)).toEqual(WRONG);
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

  test('takes six statements and a transaction', async () => {
    const { email } = await registered(harness);
    const sent = await harness.statements.during(() => harness.field(LOGIN, { input: { email, password: PASSWORD } }));
    expect(sent).toHaveLength(8);
  });
});
