import { badInput } from '@marquee/errors';
import type { Device } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import { type AttemptSettings, registerLimits } from '../domain/attempt-limits.ts';
import { networkOfDevice } from '../domain/device.ts';
import { parseEmail } from '@marquee/input';
import { assertStrongPassword, type IsGuessable, type Passwords } from '../domain/password.ts';
import type { Users } from '../domain/ports.ts';
import { profileFields } from '../domain/profile-fields.ts';
import { parseReferralCode } from '../domain/referral-code.ts';
import type { Throttle } from '../domain/throttle.ts';
import type { User } from '../domain/user.ts';
import { type Grant, openSession, type OpenSessionDeps } from './open-session.ts';

export interface RegisterUserInput {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly locale: string | null;
  /** Of the person who sent the invitation. */
  readonly referralCode?: string | null | undefined;
  readonly device: Device;
}

export interface RegisterUserDeps extends OpenSessionDeps {
  readonly users: Users;
  readonly passwords: Passwords;
  readonly isGuessable: IsGuessable;
  readonly throttle: Throttle;
  readonly attemptSettings: AttemptSettings;
}

/**
 * Creates an account and signs in to it. The unique address in the database settles races.
 *
 * Registration necessarily reveals whether an address is taken. A network has a limit of such answers and of accounts.
 *
 * @throws {EmailTakenError}
 * @throws {WeakPasswordError}
 * @throws {CodedError} BAD_USER_INPUT when the address, the name, the locale or the referral code is not valid
 * @throws {CodedError} RATE_LIMITED
 */
export async function registerUser(deps: RegisterUserDeps, input: RegisterUserInput): Promise<Grant> {
  const user = newUser(input, deps.now());
  const referralCode = parseReferralCode(input.referralCode, 'input.referralCode');
  await assertStrongPassword(deps, input.password, user);
  const network = networkOfDevice(input.device);
  await deps.throttle.attempt(registerLimits(deps.attemptSettings, network), async () =>
    deps.users.add(user, await deps.passwords.hash(input.password, network), referralCode),
  );
  const grant = await openSession(deps, user, input.device);
  if (grant === null) throw new Error('A new account has changed');
  return grant;
}

function newUser({ email: typed, displayName, locale }: RegisterUserInput, createdAt: Date): User {
  const email = parseEmail(typed);
  if (email === null) throw badInput('input.email', 'Enter a valid email address.');
  return {
    id: newId('usr'),
    email,
    displayName: profileFields.displayName(displayName),
    locale: profileFields.locale(locale),
    homeCityId: null,
    timeZone: null,
    roles: ['CUSTOMER'],
    createdAt,
    emailVerifiedAt: null,
    pendingEmail: null,
    credentials: 0,
    status: 'ACTIVE',
  };
}
