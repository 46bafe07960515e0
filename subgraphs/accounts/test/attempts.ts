import { hash } from '@node-rs/argon2';
import { ANONYMOUS, type Device, type UserCaller } from '@marquee/subgraph';

import { type AccountsHarness, LOGIN, openAccounts, PASSWORD, registered, stoppedClock } from './harness.ts';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOME: Device = { address: '198.51.100.1', userAgent: 'Firefox' };
export const SIGNED_IN = { data: { login: { __typename: 'AuthPayload' } } };
export const WRONG = { data: { login: { __typename: 'InvalidCredentialsError' } } };
export const limited = (retryAfterSeconds: number) => ({ extensions: { code: 'RATE_LIMITED', retryAfterSeconds } });

export const deviceAt = (address: string, userAgent: string | null = 'bot'): Device => ({ address, userAgent });
/** The nth of the attacker's networks. */
export const network = (n: number): Device => deviceAt(`203.0.113.${n}`);

/** The subgraph, its clock stopped. */
export const openStopped = (settings: Record<string, string> = {}) =>
  openAccounts({ settings: { encryptionKey: 'A'.repeat(43), ...settings } }, stoppedClock());

/** A hash of {@link PASSWORD} that is cheap to compare with: the cost is part of a hash. */
const CHEAP = await hash(PASSWORD, { memoryCost: 8, timeCost: 1, parallelism: 1 });

/** Attempts to sign in to a subgraph, or to another on the same keys. */
export function attemptsOn(harness: AccountsHarness) {
  const login = (email: string, password: string, device: Device, on = harness) =>
    on.subgraph.execute({ query: LOGIN, variables: { input: { email, password } }, caller: ANONYMOUS, device });

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

  /** A new user, whose password is compared with hundreds of guesses. */
  async function guessable(on = harness, device?: Device) {
    const user = await registered(on, { ...(device && { device }) });
    await on.database.user.update({ where: { id: user.caller.userId }, data: { passwordHash: CHEAP } });
    return user;
  }

  /** A user who signed in at home. */
  const atHome = (on = harness) => guessable(on, HOME);

  return { login, guess, guessFromEverywhere, guessable, atHome };
}
