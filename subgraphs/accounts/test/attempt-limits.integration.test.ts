import { rateLimited } from '@marquee/errors';
import { ANONYMOUS, type Device } from '@marquee/subgraph';
import { describe, expect, test } from 'vitest';

import { AttemptRepository } from '../src/adapters/attempts.ts';
import { loginLimits } from '../src/domain/attempt-limits.ts';
import { AttemptThrottle } from '../src/domain/throttle.ts';
import {
  attemptsOn,
  deviceAt,
  HOME,
  limited,
  MINUTE_MS,
  network,
  openStopped,
  SECOND_MS,
  SIGNED_IN,
  WRONG,
} from './attempts.ts';
import { CONFIRM_IDENTITY, freshEmail, openAccounts, openAnother, PASSWORD, REFRESH, REGISTER } from './harness.ts';

const harness = await openStopped();
const { login, guess, guessFromEverywhere, guessable, atHome } = attemptsOn(harness);

describe('a network', () => {
  test('has a limit over all accounts; successful logins count, and known devices pass', async () => {
    const small = await openStopped({ loginsPerNetwork: '3' });
    const { email } = await atHome(small);
    const shared = (userAgent: string) => ({ ...HOME, userAgent });
    const stranger = await guessable(small);
    expect(await login(stranger.email, PASSWORD, shared('a'), small)).toMatchObject(SIGNED_IN);
    expect(await login(stranger.email, PASSWORD, shared('b'), small)).toMatchObject(SIGNED_IN);
    expect(await login(freshEmail(), 'a wrong guess', shared('c'), small)).toMatchObject(WRONG);
    const refused = await login(stranger.email, PASSWORD, shared('d'), small);
    expect(refused.errors).toMatchObject([limited(900)]);
    expect(await login(email, PASSWORD, HOME, small)).toMatchObject(SIGNED_IN);
    expect(await login(stranger.email, PASSWORD, deviceAt('192.0.2.4'), small)).toMatchObject(SIGNED_IN);
  });

  test('is a /64 in IPv6', async () => {
    const small = await openStopped({ loginsPerNetwork: '1' });
    expect(await login(freshEmail(), 'a wrong guess', deviceAt('2001:db8:0:1::7'), small)).toMatchObject(WRONG);
    const refused = await login(freshEmail(), 'a wrong guess', deviceAt('2001:db8:0:1:ffff::9'), small);
    expect(refused.errors).toMatchObject([limited(900)]);
    expect(await login(freshEmail(), 'a wrong guess', deviceAt('2001:db8:0:2::9'), small)).toMatchObject(WRONG);
  });

  test('has a limit of new accounts, which successful ones count towards as well', async () => {
    const small = await openStopped({ signUpsPerNetwork: '3' });
    const signUp = (email: string, device: Device) =>
      small.subgraph.execute({
        ...{ query: REGISTER, caller: ANONYMOUS, device },
        variables: { input: { email, password: PASSWORD, displayName: 'Ada' } },
      });
    const email = freshEmail();
    expect((await signUp(email, network(1))).data).toMatchObject({ register: { __typename: 'AuthPayload' } });
    expect((await signUp(email, network(1))).data).toMatchObject({ register: { __typename: 'EmailTakenError' } });
    const rest = await Promise.all(Array.from({ length: 5 }, () => signUp(freshEmail(), network(1))));
    expect(rest.filter(({ errors }) => errors === undefined)).toHaveLength(1);
    expect(rest.find(({ errors }) => errors)?.errors).toMatchObject([limited(900)]);
    expect((await signUp(freshEmail(), network(2))).data).toMatchObject({ register: { __typename: 'AuthPayload' } });
  });
});

describe('a known device', () => {
  test('is one that refreshed a session too, such as a phone in another network', async () => {
    const { email, caller, refreshToken } = await guessable();
    const abroad = deviceAt('192.0.2.5', 'Firefox');
    await harness.field(REFRESH, { refreshToken }, { device: abroad });
    await guessFromEverywhere(email, caller);
    expect((await login(email, PASSWORD, deviceAt('192.0.2.6', 'Firefox'))).errors).toMatchObject([limited(1)]);
    expect(await login(email, PASSWORD, abroad)).toMatchObject(SIGNED_IN);
  });

  test('is forgotten for newer ones beyond twenty, and 90 days after it was last seen', async () => {
    const { email, caller } = await atHome();
    const { userId } = caller;
    const known = () => harness.database.knownDevice.count({ where: { userId } });
    const lastSeenAt = new Date(harness.clock.now().getTime() + MINUTE_MS);
    const others = Array.from({ length: 19 }, (_, index) => ({ userId, fingerprint: `other ${index}`, lastSeenAt }));
    await harness.database.knownDevice.createMany({ data: others });
    harness.clock.advance(2 * MINUTE_MS);
    await login(email, PASSWORD, deviceAt('192.0.2.7'));
    expect(await known()).toBe(20);
    await guessFromEverywhere(email, caller);
    expect((await login(email, PASSWORD, HOME)).errors).toMatchObject([limited(1)]);
  });

  test('of one account is unknown to another', async () => {
    const { email, caller } = await guessable();
    await atHome();
    await guessFromEverywhere(email, caller);
    expect((await login(email, PASSWORD, HOME)).errors).toMatchObject([limited(1)]);
  });
});

describe('the owner', () => {
  const told = (userId: string) =>
    harness.database.outboxEvent.findMany({ where: { key: userId, type: 'account.sign-in-attempted' } });

  /** Runs the jobs of two processes at once. */
  async function runJobs(): Promise<void> {
    const processes = await Promise.all([openAnother(harness), openAnother(harness)]);
    await Promise.all(processes.map(({ subgraph }) => subgraph.start()));
    await Promise.all(processes.map(({ subgraph }) => subgraph.stop()));
  }

  test('is told once a day that somebody guesses their password, and not of a few mistakes', async () => {
    const [victim, clumsy] = [await atHome(), await atHome()];
    await guess(victim.email, 10, () => network(50));
    await guess(clumsy.email, 9, () => network(51));
    await runJobs();
    await runJobs();
    const { userId } = victim.caller;
    expect(await told(userId)).toMatchObject([{ payload: { userId, factor: 'PASSWORD' } }]);
    expect(await told(clumsy.caller.userId)).toEqual([]);
    harness.clock.advance(24 * 60 * MINUTE_MS);
    await guess(victim.email, 10, () => network(50));
    await runJobs();
    expect(await told(userId)).toHaveLength(2);
  });

  test('is told of a stolen session that guesses, which it does some sixty times a day', async () => {
    const { caller } = await atHome();
    const input = { password: 'a wrong guess' };
    const dayOver = harness.clock.now().getTime() + 24 * 60 * MINUTE_MS;
    let made = 0;
    while (harness.clock.now().getTime() < dayOver) {
      const { errors } = await harness.execute(CONFIRM_IDENTITY, caller, { input });
      if (errors === undefined) made += 1;
      else harness.clock.advance(Number(errors[0]?.extensions?.['retryAfterSeconds']) * SECOND_MS);
    }
    expect(made).toBeGreaterThan(30);
    expect(made).toBeLessThan(70);
    await runJobs();
    expect(await told(caller.userId)).toMatchObject([{ payload: { userId: caller.userId, factor: 'PASSWORD' } }]);
  });
});

test('an attempt that was not made, since too many were waiting, is not counted', async () => {
  const attempts = new AttemptRepository(harness.database, (subject) => subject);
  const throttle = new AttemptThrottle(attempts, harness.clock.now);
  const limits = loginLimits(
    { loginsPerNetwork: 300, signUpsPerNetwork: 30 },
    freshEmail(),
    { network: '203.0.113.60', knownDevice: null },
    null,
  );
  const refuse = () =>
    throttle.attempt(limits, async () => {
      throw rateLimited(2);
    });
  for (let time = 0; time < 12; time += 1) await expect(refuse()).rejects.toMatchObject(limited(2));
  expect(await throttle.attempt(limits, async () => 'made')).toBe('made');
});

test('the limits can be removed for load tests', async () => {
  const unlimited = await openAccounts({ rateLimits: false });
  expect(await guess(freshEmail(), 11, () => network(1), unlimited)).toMatchObject(WRONG);
});
