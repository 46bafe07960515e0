import { ANONYMOUS, type Device } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { Secret, TOTP } from 'otpauth';
import { beforeAll, describe, expect, test } from 'vitest';

import { SecondFactorRepository } from '../src/adapters/second-factors.ts';
import {
  ANSWER,
  CONFIRM_TOTP,
  LOGIN,
  PASSWORD,
  registered,
  type AccountsHarness,
  START_TOTP,
  openAccounts,
  openAnother,
} from './harness.ts';

let harness: AccountsHarness;
beforeAll(async () => {
  harness = await openAccounts();
});

const STEP_MS = 30_000;
const INVALID = {
  __typename: 'InvalidSecondFactorError',
  message: 'The code is incorrect or has already been used. Enter a new one.',
};

/** The code that the app shows now, or some steps of 30 s later. */
function codeOf(secret: string, later = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return totp.generate({ timestamp: harness.clock.now().getTime() + later * STEP_MS });
}

/** A user with a confirmed authenticator app. The clock has advanced, so the next code is a new one. */
async function withSecondFactor(device?: Device) {
  const person = await registered(harness, device && { device });
  const { caller } = person;
  const { secret } = await harness.field(START_TOTP, {}, { caller });
  const confirmed = await harness.field(CONFIRM_TOTP, { code: codeOf(String(secret)) }, { caller });
  harness.clock.advance(2 * STEP_MS);
  return { ...person, secret: String(secret), recoveryCodes: confirmed['recoveryCodes'] as string[] };
}

async function challengeFor(email: string): Promise<string> {
  const answer = await harness.field(LOGIN, { input: { email, password: PASSWORD } });
  expect(answer).toEqual({ __typename: 'SecondFactorRequired', challengeId: expect.any(String) });
  return String(answer['challengeId']);
}

const answer = (challengeId: string, code: string) => harness.field(ANSWER, { input: { challengeId, code } });

test('enrolment returns a secret for the app, and only a correct code turns the second factor on', async () => {
  const { caller, email } = await registered(harness);
  const { secret, otpauthUri } = await harness.field(START_TOTP, {}, { caller });
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(otpauthUri).toMatch(/^otpauth:\/\/totp\/Marquee:person\d+%40example\.com\?issuer=Marquee&secret=/);
  expect(await harness.field(CONFIRM_TOTP, { code: '000000x' }, { caller })).toEqual(INVALID);
  expect(await harness.field(LOGIN, { input: { email, password: PASSWORD } })).toMatchObject({
    __typename: 'AuthPayload',
  });
  const confirmed = await harness.field(CONFIRM_TOTP, { code: codeOf(String(secret)) }, { caller });
  expect(confirmed['recoveryCodes']).toHaveLength(10);
  await challengeFor(email);
});

test('the secret is encrypted and the recovery codes are hashed in the database', async () => {
  const { caller, secret, recoveryCodes } = await withSecondFactor();
  const device = await harness.database.totpDevice.findUniqueOrThrow({ where: { userId: caller.userId } });
  expect(Buffer.from(device.secret).includes(Buffer.from(Secret.fromBase32(secret).buffer))).toBe(false);
  const kept = await harness.database.recoveryCode.findMany({ where: { userId: caller.userId } });
  expect(kept.map(({ hash }) => hash).filter((hash) => recoveryCodes.includes(hash))).toEqual([]);
  expect(kept).toHaveLength(10);
});

test('a login with a second factor needs password and code, and a challenge works once', async () => {
  const { email, secret } = await withSecondFactor();
  const challengeId = await challengeFor(email);
  expect(await answer(challengeId, '000000')).toEqual(INVALID);
  expect(await answer(challengeId, codeOf(secret))).toMatchObject({ __typename: 'AuthPayload', expiresIn: 600 });
  expect(await answer(challengeId, codeOf(secret, 1))).toMatchObject({ __typename: 'SecondFactorExpiredError' });
});

test('a used code is rejected in another login', async () => {
  const { email, secret } = await withSecondFactor();
  const code = codeOf(secret);
  expect(await answer(await challengeFor(email), code)).toMatchObject({ __typename: 'AuthPayload' });
  expect(await answer(await challengeFor(email), code)).toEqual(INVALID);
});

test('of concurrent uses of a code exactly one succeeds', async () => {
  const { email, secret } = await withSecondFactor();
  const challenges = await Promise.all(Array.from({ length: 4 }, () => challengeFor(email)));
  const answers = await Promise.all(challenges.map((challengeId) => answer(challengeId, codeOf(secret))));
  expect(answers.filter(({ __typename }) => __typename === 'AuthPayload')).toHaveLength(1);
});

test('a recovery code works once, however it is typed', async () => {
  const { email, recoveryCodes } = await withSecondFactor();
  const typed = ` ${recoveryCodes[0]?.toUpperCase().replaceAll('-', ' ')} `;
  expect(await answer(await challengeFor(email), typed)).toMatchObject({ __typename: 'AuthPayload' });
  expect(await answer(await challengeFor(email), typed)).toEqual(INVALID);
});

const usedCodes = (userId: string) => harness.database.recoveryCode.count({ where: { userId, usedAt: { not: null } } });

test('recovery codes that answer one challenge at once sign in once, and one of them is used up', async () => {
  const { email, caller, recoveryCodes } = await withSecondFactor();
  const challengeId = await challengeFor(email);
  const answers = await Promise.all(recoveryCodes.slice(0, 6).map((code) => answer(challengeId, code)));
  expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
    'AuthPayload',
    ...Array.from({ length: 5 }, () => 'SecondFactorExpiredError'),
  ]);
  expect(await usedCodes(caller.userId)).toBe(1);
});

test('control: answers that use a code before they close the challenge use up all of them', async () => {
  const { email, caller } = await withSecondFactor();
  await challengeFor(email);
  const [{ userId }, at] = [caller, new Date()];
  const codes = await harness.database.recoveryCode.findMany({ where: { userId }, take: 6 });
  const { hash: challenge } = await harness.database.secondFactorChallenge.findFirstOrThrow({ where: { userId } });
  const factors = new SecondFactorRepository(harness.database);
  const answers = codes.map(async ({ hash }) => {
    await factors.useRecoveryCode(userId, hash, at);
    return factors.closeChallenge({ hash: challenge, userId }, at, async () => {});
  });
  expect((await Promise.all(answers)).filter(Boolean)).toHaveLength(1);
  expect(await usedCodes(userId)).toBe(6);
});

test('a challenge expires after five minutes, and after five answers', async () => {
  const { email, secret } = await withSecondFactor();
  const late = await challengeFor(email);
  harness.clock.advance(5 * 60_000 + 1000);
  expect(await answer(late, codeOf(secret))).toMatchObject({ __typename: 'SecondFactorExpiredError' });
  const tried = await challengeFor(email);
  for (let time = 0; time < 5; time += 1) expect(await answer(tried, '000000')).toEqual(INVALID);
  expect(await answer(tried, codeOf(secret))).toMatchObject({ __typename: 'SecondFactorExpiredError' });
  expect(await answer('challenge_nonsense', codeOf(secret))).toMatchObject({ __typename: 'SecondFactorExpiredError' });
});

describe('guessing codes with a stolen password', () => {
  const SIGNED_IN = { data: { answerSecondFactor: { __typename: 'AuthPayload' } } };
  const limited = { errors: [{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } }] };
  const device = (address: string, userAgent = 'bot'): Device => ({ address, userAgent });
  const HOME = device('198.51.100.1', 'Firefox');

  async function answerFrom(from: Device, email: string, code: string) {
    const challenge = await harness.field(LOGIN, { input: { email, password: PASSWORD } }, { device: from });
    const input = { challengeId: challenge['challengeId'], code };
    return harness.subgraph.execute({ query: ANSWER, variables: { input }, caller: ANONYMOUS, device: from });
  }

  async function guess(email: string, times: number, from: (time: number) => Device): Promise<void> {
    for (let time = 0; time < times; time += 1) await answerFrom(from(time), email, '000000');
  }

  test('is refused after ten from one network, while the owner signs in on a known device', async () => {
    const { email, secret } = await withSecondFactor(HOME);
    await guess(email, 10, () => device('203.0.113.1'));
    expect(await answerFrom(device('203.0.113.1'), email, codeOf(secret))).toMatchObject(limited);
    expect(await answerFrom(HOME, email, codeOf(secret))).toMatchObject(SIGNED_IN);
  });

  test('slows down over all networks, which known devices do not feel', async () => {
    const { email, secret } = await withSecondFactor(HOME);
    await guess(email, 10, (time) => device(`203.0.113.${time}`));
    expect(await answerFrom(device('192.0.2.1'), email, codeOf(secret))).toMatchObject(limited);
    expect(await answerFrom(HOME, email, codeOf(secret))).toMatchObject(SIGNED_IN);
    harness.clock.advance(2 * STEP_MS);
    expect(await answerFrom(device('192.0.2.1'), email, codeOf(secret))).toMatchObject(SIGNED_IN);
  });

  test('is told to the owner after three wrong codes', async () => {
    const { email, caller } = await withSecondFactor(HOME);
    await guess(email, 3, () => device('203.0.113.2'));
    await (await openAnother(harness)).subgraph.start();
    const where = { key: caller.userId, type: 'account.sign-in-attempted' };
    await eventually(async () =>
      expect(await harness.database.outboxEvent.findMany({ where })).toMatchObject([
        { payload: { userId: caller.userId, factor: 'SECOND_FACTOR' } },
      ]),
    );
  });
});

test('a new enrolment replaces an unconfirmed one and not a confirmed one', async () => {
  const { caller } = await registered(harness);
  const { secret: first } = await harness.field(START_TOTP, {}, { caller });
  const { secret: second } = await harness.field(START_TOTP, {}, { caller });
  expect(await harness.field(CONFIRM_TOTP, { code: codeOf(String(first)) }, { caller })).toEqual(INVALID);
  await harness.field(CONFIRM_TOTP, { code: codeOf(String(second)) }, { caller });
  const { errors } = await harness.execute(START_TOTP, caller);
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('confirming fails without an enrolment, and after it is confirmed', async () => {
  const { caller } = await registered(harness);
  const { errors } = await harness.execute(CONFIRM_TOTP, caller, { code: '123456' });
  expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  const enrolled = await withSecondFactor();
  const again = await harness.execute(CONFIRM_TOTP, enrolled.caller, { code: codeOf(enrolled.secret) });
  expect(again.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
});
