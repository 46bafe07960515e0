import type { CredentialChanges } from '../domain/ports.ts';
import type { HashToken } from '../domain/token.ts';
import type { User } from '../domain/user.ts';
import { MailTokenExpiredError } from '../errors.ts';

export interface VerifyEmailDeps {
  readonly credentialChanges: Pick<CredentialChanges, 'verifyEmail'>;
  readonly hashToken: HashToken;
  readonly now: () => Date;
}

/**
 * Confirms the address that a token was sent to, which becomes the account's address where it was asked for.
 *
 * Whoever has the token reads mail at the address, so nobody needs to be signed in. Who is not, may be somebody else than
 * who signed up: the account keeps its password, and loses an authenticator app, passkeys and linked providers.
 *
 * @throws {MailTokenExpiredError} when the token is unknown, used or expired, or the address is no longer wanted
 * @throws {EmailTakenError} when another account has got the address meanwhile
 */
export async function verifyEmail(
  { credentialChanges, hashToken, now }: VerifyEmailDeps,
  { token, by }: { token: string; by: string | null },
): Promise<User> {
  const user = await credentialChanges.verifyEmail(hashToken(token), by, now());
  if (user === null) throw new MailTokenExpiredError();
  return user;
}
