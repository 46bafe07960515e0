import { notFound } from '@marquee/errors';
import { assertFreshSignIn, type UserCaller } from '@marquee/subgraph';

import type { ProviderIdentities } from '../domain/ports.ts';
import { PROVIDER_LOGIN_MS, type SignInProviders } from '../domain/sign-in-provider.ts';
import { type HashToken, newToken, type RandomBytes } from '../domain/token.ts';

export interface StartProviderLinkDeps {
  readonly signInProviders: SignInProviders;
  readonly identities: Pick<ProviderIdentities, 'openLogin'>;
  readonly random: RandomBytes;
  readonly hashToken: HashToken;
  readonly now: () => Date;
}

/**
 * Starts a sign-in whose outcome is linked to this account, and to no other.
 *
 * @returns where the person's browser goes
 * @throws {CodedError} FORBIDDEN when the sign-in is not fresh; NOT_FOUND for an unknown provider
 */
export async function startProviderLink(
  { signInProviders, identities, random, hashToken, now }: StartProviderLinkDeps,
  caller: UserCaller,
  provider: string,
): Promise<string> {
  assertFreshSignIn(caller, now());
  if (!signInProviders.list.some(({ id }) => id === provider)) throw notFound('sign-in provider');
  const state = newToken('login', random);
  const expiresAt = new Date(now().getTime() + PROVIDER_LOGIN_MS);
  const login = { hash: hashToken(state), provider, browserHash: null, clientState: null, linkTo: caller.userId };
  await identities.openLogin({ ...login, expiresAt });
  return `${signInProviders.startUrl(provider)}?login=${state}`;
}
