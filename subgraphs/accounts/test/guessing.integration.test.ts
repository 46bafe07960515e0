import { describe, expect, test } from 'vitest';

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
import { freshEmail, openAnother, PASSWORD } from './harness.ts';

const harness = await openStopped();
const { login, guess, guessFromEverywhere, guessable, atHome } = attemptsOn(harness);

describe('guessing one account from one network', () => {
  test('is refused after ten wrong passwords in 15 minutes, and nobody else is kept out', async () => {
    const { email } = await atHome();
    expect(await guess(email, 10, () => network(1))).toMatchObject(WRONG);
    expect((await login(email, PASSWORD, network(1))).errors).toMatchObject([limited(900)]);
    expect(await login(email, PASSWORD, HOME)).toMatchObject(SIGNED_IN);
    expect(await login(email, PASSWORD, deviceAt('192.0.2.1'))).toMatchObject(SIGNED_IN);
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
    expect(await login(email, PASSWORD, deviceAt('192.0.2.2'))).toMatchObject(SIGNED_IN);
  });

  test('starts again after a correct password', async () => {
    const { email } = await guessable();
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
    const { email } = await guessable();
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
    const { email, caller } = await guessable();
    await guessFromEverywhere(email, caller);
    for (let time = 0; time < 12; time += 1) {
      expect((await login(email, PASSWORD, deviceAt('192.0.2.3'))).errors).toMatchObject([limited(1)]);
    }
    harness.clock.advance(SECOND_MS);
    expect(await login(email, PASSWORD, deviceAt('192.0.2.3'))).toMatchObject(SIGNED_IN);
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
    const { email } = await guessable();
    expect(await answers(freshEmail())).toEqual(await answers(email));
  });

  test('costs the same statements', async () => {
    const { email } = await guessable();
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
    const { email } = await guessable();
    const slow = await openAnother(harness, { now: () => new Date(harness.clock.now().getTime() - SECOND_MS) });
    expect(await login(email, PASSWORD, network(60))).toMatchObject(SIGNED_IN);
    expect(await login(email, PASSWORD, network(60), slow)).toMatchObject(SIGNED_IN);
    expect(await login(email, PASSWORD, network(61), slow)).toMatchObject(SIGNED_IN);
  });

  test('does not exceed the limit of a network', async () => {
    const small = await openStopped({ loginsPerNetwork: '5' });
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
