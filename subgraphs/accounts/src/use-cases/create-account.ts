import { newEvent } from '@marquee/events';
import type { Passwords } from '../domain/password.ts';
import type { User, Users } from '../domain/user.ts';

export interface CreateAccountDeps {
  readonly users: Users;
  readonly passwords: Passwords;
}

/**
 * Stores a new account and emits `account.registered`.
 *
 * @throws {EmailTakenError}
 */
export async function createAccount(
  { users, passwords }: CreateAccountDeps,
  { user, password }: { readonly user: User; readonly password: string },
): Promise<void> {
  const { id, email, displayName, locale } = user;
  const event = newEvent('account.registered', id, { userId: id, email, displayName, locale });
  await users.add(user, await passwords.hash(password), event);
}
