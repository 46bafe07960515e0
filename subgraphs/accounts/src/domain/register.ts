import { newEvent } from '@marquee/events';
import { badInput } from '@marquee/subgraph/domain';
import { isEmail, normalisedEmail } from './email-address.ts';
import { type Grant, openSession, type OpenSessionDeps } from './open-session.ts';
import { type Passwords, refuseWeakPassword } from './password.ts';
import type { Device } from './session.ts';
import type { User, Users } from './user.ts';

const NAME_LENGTH = 80;

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly locale: string | null;
}

export interface RegisterDeps extends OpenSessionDeps {
  readonly users: Users;
  readonly passwords: Passwords;
}

/**
 * Makes an account and signs in to it. The unique address in the database settles races.
 *
 * @throws {EmailTakenError}
 * @throws {WeakPasswordError}
 * @throws BAD_USER_INPUT when the address, the name or the locale is none
 */
export async function register(deps: RegisterDeps, input: Registration, device: Device): Promise<Grant> {
  const user: User = {
    id: deps.newId('usr'),
    email: emailOf(input.email),
    displayName: displayNameOf(input.displayName),
    locale: input.locale === null ? null : localeOf(input.locale),
    roles: ['CUSTOMER'],
    createdAt: deps.now(),
  };
  refuseWeakPassword(input.password, user.email);
  await addAccount(deps, user, input.password);
  return openSession(deps, user, device);
}

/** Keeps a new account and tells of it. @throws {EmailTakenError} */
export async function addAccount(
  { users, passwords }: Pick<RegisterDeps, 'users' | 'passwords'>,
  user: User,
  password: string,
): Promise<void> {
  const { id, email, displayName, locale } = user;
  const event = newEvent('account.registered', id, { userId: id, email, displayName, locale });
  await users.add(user, await passwords.hash(password), event);
}

function emailOf(text: string): string {
  const email = normalisedEmail(text);
  if (!isEmail(email)) throw badInput('input.email', 'This is not an e-mail address.');
  return email;
}

function displayNameOf(text: string): string {
  const name = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (name === '' || [...name].length > NAME_LENGTH || /[\p{Cc}\p{Cs}]/u.test(name)) {
    throw badInput('input.displayName', `A name has between 1 and ${NAME_LENGTH} characters.`);
  }
  return name;
}

function localeOf(text: string): string {
  try {
    return new Intl.Locale(text).toString();
  } catch {
    throw badInput('input.locale', 'This is not a language tag.');
  }
}
