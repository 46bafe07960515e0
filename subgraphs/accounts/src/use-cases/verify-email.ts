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
 * Whoever has the token reads mail at the address, so nobody needs to be signed in.
 *
 * @throws {MailTokenExpiredError} when the token is unknown, used or expired, or the address is no longer wanted
 * @throws {EmailTakenError} when another account has got the address meanwhile
 */
export async function verifyEmail(
  { credentialChanges, hashToken, now }: VerifyEmailDeps,
  token: string,
): Promise<User> {
  const user = await credentialChanges.verifyEmail(hashToken(token), now());
  if (user === null) throw new MailTokenExpiredError();
  return user;
}
