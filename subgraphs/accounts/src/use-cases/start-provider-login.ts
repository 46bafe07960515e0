import { notFound } from '@marquee/errors';
import type { Device } from '@marquee/subgraph';

import { type AttemptSettings, networkLimit } from '../domain/attempt-limits.ts';
import { networkOfDevice } from '../domain/device.ts';
import { loginSecrets } from '../domain/login-secrets.ts';
import type { ProviderIdentities } from '../domain/ports.ts';
import { PROVIDER_LOGIN_MS, type SignInProviders } from '../domain/sign-in-provider.ts';
import type { Throttle } from '../domain/throttle.ts';
import { LOGIN_FAILED, ProviderSignInError } from '../errors.ts';
import { type HashToken, newToken, type RandomBytes } from '../domain/token.ts';

export interface StartProviderLoginDeps {
  readonly signInProviders: SignInProviders;
  readonly identities: Pick<ProviderIdentities, 'openLogin' | 'bindLogin'>;
  readonly throttle: Throttle;
  readonly attemptSettings: AttemptSettings;
  readonly random: RandomBytes;
  readonly hashToken: HashToken;
  readonly now: () => Date;
}

export interface StartProviderLoginInput {
  readonly provider: string;
  /** The browser's token; null when it has none. */
  readonly browser: string | null;
  readonly clientState: string | null;
  /** A login that `startProviderLink` began. */
  readonly login: string | null;
  readonly device: Device;
}

/**
 * Starts a sign-in with a provider, in one browser: only there can it be finished, so that nobody is signed in to the
 * account of who sent them a link.
 *
 * @returns where the browser goes, and its token
 * @throws {ProviderSignInError} when the provider cannot be reached, or there is no such login
 * @throws {CodedError} NOT_FOUND for a provider that is not there; RATE_LIMITED
 */
export async function startProviderLogin(
  deps: StartProviderLoginDeps,
  { provider, browser: known, clientState, login, device }: StartProviderLoginInput,
): Promise<{ url: string; browser: string }> {
  const { signInProviders, identities, random, hashToken } = deps;
  if (!signInProviders.list.some(({ id }) => id === provider)) throw notFound('sign-in provider');
  const limits = networkLimit('provider', networkOfDevice(device), deps.attemptSettings.loginsPerNetwork);
  return deps.throttle.attempt(limits, async () => {
    const browser = known ?? newToken('browser', random);
    const state = login ?? newToken('login', random);
    const begun = { hash: hashToken(state), provider, browserHash: hashToken(browser), clientState };
    const at = deps.now();
    const url = await signInProviders.authorizationUrl(provider, loginSecrets(hashToken, { state, browser }));
    if (login === null) {
      await identities.openLogin({ ...begun, linkTo: null, expiresAt: new Date(at.getTime() + PROVIDER_LOGIN_MS) });
    } else if (!(await identities.bindLogin(begun, at))) throw new ProviderSignInError(LOGIN_FAILED);
    return { url, browser };
  });
}
