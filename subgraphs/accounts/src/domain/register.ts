import { newEvent } from '@marquee/events';
import { badInput } from '@marquee/errors';
import { isEmail, normalisedEmail } from './email-address.ts';
import { type Grant, openSession, type OpenSessionDeps } from './open-session.ts';
import { type Passwords, refuseWeakPassword } from './password.ts';
import type { Device } from './session.ts';
import { registerLimits, type Throttle } from './throttle.ts';
import type { User, Users } from './user.ts';

const NAME_LENGTH = 80;
/** RFC 5646 asks for room for 35; private parts could go on without end. */
const LOCALE_LENGTH = 35;
/** Control characters, halves, and what turns the text around it: it would disguise one name as another. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u;
/** A letter, digit, sign or the like. The fillers of Hangul and the blank of Braille are letters by name only. */
const VISIBLE = /[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly locale: string | null;
}

export interface RegisterDeps extends OpenSessionDeps {
  readonly users: Users;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
}

/**
 * Makes an account and signs in to it. The unique address in the database settles races.
 *
 * Whether there is an account cannot be kept from who tries to make it, but how many one may ask about is limited.
 *
 * @throws {EmailTakenError}
 * @throws {WeakPasswordError}
 * @throws BAD_USER_INPUT when the address, the name or the locale is none
 * @throws RATE_LIMITED
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
  const limits = registerLimits(device.address);
  await deps.throttle.attempt(limits);
  await addAccount(deps, user, input.password);
  await deps.throttle.succeeded(limits);
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
  if (!VISIBLE.test(name) || [...name].length > NAME_LENGTH || NOT_IN_NAMES.test(name)) {
    throw badInput('input.displayName', `A name has between 1 and ${NAME_LENGTH} characters.`);
  }
  return name;
}

function localeOf(text: string): string {
  const none = badInput('input.locale', 'This is not a language tag.');
  if (text.length > LOCALE_LENGTH) throw none;
  try {
    return new Intl.Locale(text).toString();
  } catch {
    throw none;
  }
}
