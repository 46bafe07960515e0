import { rateLimited } from '@marquee/errors';
import { ANONYMOUS, type Device, type UserCaller } from '@marquee/subgraph';
import { beforeAll, describe, expect, test } from 'vitest';

import { AttemptRepository } from '../src/adapters/attempts.ts';
import { loginLimits } from '../src/domain/attempt-limits.ts';
import { AttemptThrottle } from '../src/domain/throttle.ts';
import {
  type AccountsHarness,
  CONFIRM_IDENTITY,
  freshEmail,
  LOGIN,
  openAccounts,
  openAnother,
  PASSWORD,
  REFRESH,
  REGISTER,
  registered,
  stoppedClock,
} from './harness.ts';

let harness: AccountsHarness;
beforeAll(async () => {
  harness = await open();
});

/** The subgraph, its clock stopped. */
const open = (settings: Record<string, string> = {}) =>
  openAccounts({ settings: { encryptionKey: 'A'.repeat(43), ...settings } }, stoppedClock());

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const limited = (retryAfterSeconds: number) => ({ extensions: { code: 'RATE_LIMITED', retryAfterSeconds } });
const HOME: Device = { address: '198.51.100.1', userAgent: 'Firefox' };
const SIGNED_IN = { data: { login: { __typename: 'AuthPayload' } } };
const WRONG = { data: { login: { __typename: 'InvalidCredentialsError' } } };

const from = (address: string, userAgent: string | null = 'bot'): Device => ({ address, userAgent });
/** The nth of the attacker's networks. */
const network = (n: number): Device => from(`203.0.113.${n}`);

function login(email: string, password: string, device: Device, on = harness) {
  return on.subgraph.execute({ query: LOGIN, variables: { input: { email, password } }, caller: ANONYMOUS, device });
}

/** Wrong passwords, one after the other. @returns the last response */
async function guess(email: string, times: number, deviceOf: (time: number) => Device, on = harness) {
  let last = await login(email, 'a wrong guess', deviceOf(0), on);
  for (let time = 1; time < times; time += 1) last = await login(email, 'a wrong guess', deviceOf(time), on);
  return last;
}

/** Twenty wrong passwords for an account from many networks, of which the database is told rather than sent most. */
async function guessFromEverywhere(email: string, { userId }: UserCaller): Promise<void> {
  await guess(email, 1, network);
  await harness.database.attemptWindow.updateMany({ where: { userId }, data: { attempts: 19 } });
  await guess(email, 1, () => network(29));
}

/** A user who signed in at home. */
const atHome = (on = harness) => registered(on, { device: HOME });

describe('guessing one account from one network', () => {
  test('is refused after ten wrong passwords in 15 minutes, and nobody else is kept out', async () => {
    const { email } = await atHome();
    expect(await guess(email, 10, () => network(1))).toMatchObject(WRONG);
    expect((await login(email, PASSWORD, network(1))).errors).toMatchObject([limited(900)]);
    expect(await login(email, PASSWORD, HOME)).toMatchObject(SIGNED_IN);
    expect(await login(email, PASSWORD, from('192.0.2.1'))).toMatchObject(SIGNED_IN);
    harness.clock.advance(15 * MINUTE_MS + SECOND_MS);
    expect(await login(email, PASSWORD, network(1))).toMatchObject(SIGNED_IN);
  });

  test('does not keep the owner out of a known device in the same network', async () => {
    const { email } = await atHome();
    await guess(email, 10, () => ({ ...HOME, userAgent: 'bot' }));
    expect((await login(email, PASSWORD, { ...HOME, userAgent: 'bot' })).errors).toMatchObject([limited(900)]);
    expect(await login(email, PASSWORD, HOME)).toMatchObject(SIGNED_IN);
  });

  test('is refused on a known device too, by a count of its own', async () => {
    const { email } = await atHome();
    await guess(email, 10, () => HOME);
    expect((await login(email, PASSWORD, HOME)).errors).toMatchObject([limited(900)]);
    expect(await login(email, PASSWORD, from('192.0.2.2'))).toMatchObject(SIGNED_IN);
  });

  test('starts again after a correct password', async () => {
    const { email } = await registered(harness);
    for (let round = 0; round < 2; round += 1) {
      await guess(email, 9, () => network(2));
      expect(await login(email, PASSWORD, network(2))).toMatchObject(SIGNED_IN);
    }
  });
});

describe('guessing one account from many networks', () => {
  test('slows down, while the owner signs in on a known device', async () => {
    const { email } = await atHome();
    expect(await guess(email, 20, network)).toMatchObject(WRONG);
    expect((await login(email, PASSWORD, network(30))).errors).toMatchObject([limited(1)]);
    expect(await login(email, PASSWORD, HOME)).toMatchObject(SIGNED_IN);
    for (const seconds of [2, 4, 8]) {
      harness.clock.advance((seconds / 2) * SECOND_MS);
      expect(await login(email, 'a wrong guess', network(30))).toMatchObject(WRONG);
      expect((await login(email, PASSWORD, network(31))).errors).toMatchObject([limited(seconds)]);
    }
  });

  test('never makes the next attempt wait for more than five minutes', async () => {
    const { email } = await registered(harness);
    await guess(email, 2, network);
    const [window] = await harness.database.attemptWindow.findMany({ where: { userId: { not: null }, attempts: 2 } });
    await harness.database.attemptWindow.update({
      where: { subject: String(window?.subject) },
      data: { attempts: 900 },
    });
    await guess(email, 1, network);
    expect((await login(email, PASSWORD, network(30))).errors).toMatchObject([limited(300)]);
    harness.clock.advance(5 * MINUTE_MS);
    expect(await login(email, PASSWORD, network(30))).toMatchObject(SIGNED_IN);
  });

  test('an owner who is told to wait loses no attempt by asking again', async () => {
    const { email, caller } = await registered(harness);
    await guessFromEverywhere(email, caller);
    for (let time = 0; time < 12; time += 1) {
      expect((await login(email, PASSWORD, from('192.0.2.3'))).errors).toMatchObject([limited(1)]);
    }
    harness.clock.advance(SECOND_MS);
    expect(await login(email, PASSWORD, from('192.0.2.3'))).toMatchObject(SIGNED_IN);
  });
});

describe('an address without an account', () => {
  test('has the same limits and answers as one with an account', async () => {
    const answers = async (email: string) => {
      const first = await guess(email, 10, () => network(40));
      const refused = await login(email, 'a wrong guess', network(40));
      await guess(email, 10, () => network(41));
      const slowed = await login(email, 'a wrong guess', network(42));
      return JSON.parse(JSON.stringify([first, refused, slowed]));
    };
    const { email } = await registered(harness);
    expect(await answers(freshEmail())).toEqual(await answers(email));
  });

  test('costs the same statements', async () => {
    const { email } = await registered(harness);
    const statements = (of: string) => harness.statements.during(() => login(of, 'a wrong guess', network(43)));
    expect(await statements(freshEmail())).toEqual(await statements(email));
  });

  test('is not in the database, and nor is the guessing network', async () => {
    const email = freshEmail();
    await guess(email, 1, () => network(44));
    const rows = JSON.stringify(await harness.database.attemptWindow.findMany());
    expect(rows).not.toContain(email);
    expect(rows).not.toContain('203.0.113.44');
  });
});

describe('guessing at once', () => {
  const ADDRESSES = Array.from({ length: 30 }, (_, index) => network(index));

  test('does not exceed the limit of an account', async () => {
    const email = freshEmail();
    const answers = await Promise.all(ADDRESSES.map((device) => login(email, 'a wrong guess', device)));
    expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(20);
  });

  test('refuses nothing within the limits, although clocks differ', async () => {
    const { email } = await registered(harness);
    const slow = await openAnother(harness, { now: () => new Date(harness.clock.now().getTime() - SECOND_MS) });
    expect(await login(email, PASSWORD, network(60))).toMatchObject(SIGNED_IN);
    expect(await login(email, PASSWORD, network(60), slow)).toMatchObject(SIGNED_IN);
    expect(await login(email, PASSWORD, network(61), slow)).toMatchObject(SIGNED_IN);
  });

  test('does not exceed the limit of a network', async () => {
    const small = await open({ loginsPerNetwork: '5' });
    const answers = await Promise.all(ADDRESSES.map(() => login(freshEmail(), 'a wrong guess', network(1), small)));
    expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(5);
  });

  test('control: reading the count before writing it exceeds the limit', async () => {
    const at = harness.clock.now();
    const data = { subject: 'control', attempts: 18, nextAt: at, endsAt: at };
    const { subject } = await harness.database.attemptWindow.create({ data });
    const readThenCount = async (): Promise<boolean> => {
      const { attempts } = await harness.database.attemptWindow.findUniqueOrThrow({ where: { subject } });
      if (attempts >= 20) return false;
      await harness.database.attemptWindow.update({ where: { subject }, data: { attempts: attempts + 1 } });
      return true;
    };
    const made = await Promise.all(ADDRESSES.slice(0, 6).map(readThenCount));
    expect(made.filter(Boolean).length).toBeGreaterThan(2);
  });
});

describe('a network', () => {
  test('has a limit over all accounts; successful logins count, and known devices pass', async () => {
    const small = await open({ loginsPerNetwork: '3' });
    const { email } = await atHome(small);
    const shared = (userAgent: string) => ({ ...HOME, userAgent });
    const stranger = await registered(small);
    expect(await login(stranger.email, PASSWORD, shared('a'), small)).toMatchObject(SIGNED_IN);
    expect(await login(stranger.email, PASSWORD, shared('b'), small)).toMatchObject(SIGNED_IN);
    expect(await login(freshEmail(), 'a wrong guess', shared('c'), small)).toMatchObject(WRONG);
    const refused = await login(stranger.email, PASSWORD, shared('d'), small);
    expect(refused.errors).toMatchObject([limited(900)]);
    expect(await login(email, PASSWORD, HOME, small)).toMatchObject(SIGNED_IN);
    expect(await login(stranger.email, PASSWORD, from('192.0.2.4'), small)).toMatchObject(SIGNED_IN);
  });

  test('is a /64 in IPv6', async () => {
    const small = await open({ loginsPerNetwork: '1' });
    expect(await login(freshEmail(), 'a wrong guess', from('2001:db8:0:1::7'), small)).toMatchObject(WRONG);
    const refused = await login(freshEmail(), 'a wrong guess', from('2001:db8:0:1:ffff::9'), small);
    expect(refused.errors).toMatchObject([limited(900)]);
    expect(await login(freshEmail(), 'a wrong guess', from('2001:db8:0:2::9'), small)).toMatchObject(WRONG);
  });

  test('has a limit of new accounts, which successful ones count towards as well', async () => {
    const small = await open({ signUpsPerNetwork: '3' });
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
    const { email, caller, refreshToken } = await registered(harness);
    const abroad = from('192.0.2.5', 'Firefox');
    await harness.field(REFRESH, { refreshToken }, { device: abroad });
    await guessFromEverywhere(email, caller);
    expect((await login(email, PASSWORD, from('192.0.2.6', 'Firefox'))).errors).toMatchObject([limited(1)]);
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
    await login(email, PASSWORD, from('192.0.2.7'));
    expect(await known()).toBe(20);
    await guessFromEverywhere(email, caller);
    expect((await login(email, PASSWORD, HOME)).errors).toMatchObject([limited(1)]);
  });

  test('of one account is unknown to another', async () => {
    const { email, caller } = await registered(harness);
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
