import type { Device } from '@marquee/subgraph';
import type { RecordSecurityEvent } from '@marquee/telemetry';

import { networkOfDevice } from '../domain/device.ts';
import { loginSecrets } from '../domain/login-secrets.ts';
import type { ProviderIdentities } from '../domain/ports.ts';
import { SIGN_IN_CODE_MS, type SignInProviders } from '../domain/sign-in-provider.ts';
import { LOGIN_FAILED, ProviderSignInError } from '../errors.ts';
import { type HashToken, newToken, type RandomBytes } from '../domain/token.ts';

export interface FinishProviderLoginDeps {
  readonly signInProviders: SignInProviders;
  readonly identities: Pick<ProviderIdentities, 'useLogin' | 'addSignIn'>;
  readonly securityEvent: RecordSecurityEvent;
  readonly random: RandomBytes;
  readonly hashToken: HashToken;
  readonly now: () => Date;
}

export interface FinishProviderLoginInput {
  readonly provider: string;
  readonly browser: string | null;
  readonly state: string | null;
  /** The callback's whole query. */
  readonly query: string;
  readonly device: Device;
}

/**
 * Takes what the provider says, and gives a code for it, which the storefront exchanges for a session.
 *
 * @returns the code, and the state of the client's page
 * @throws {ProviderSignInError} when this browser has no such login, or the provider did not sign anybody in
 */
export async function finishProviderLogin(
  deps: FinishProviderLoginDeps,
  { provider, browser, state, query, device }: FinishProviderLoginInput,
): Promise<{ code: string; state: string | null }> {
  const { identities, hashToken } = deps;
  const at = deps.now();
  const claimed = state !== null && browser !== null ? { state, browser } : null;
  const login =
    claimed &&
    (await identities.useLogin({ hash: hashToken(claimed.state), browserHash: hashToken(claimed.browser), at }));
  const secrets = claimed && login?.provider === provider ? loginSecrets(hashToken, claimed) : null;
  const person = secrets && (await deps.signInProviders.identify(provider, query, secrets));
  if (login === null || person === null) {
    deps.securityEvent('sign-in-failed', { address: networkOfDevice(device), detail: `provider ${provider}` });
    throw new ProviderSignInError(LOGIN_FAILED);
  }
  const code = newToken('sign-in', deps.random);
  const expiresAt = new Date(at.getTime() + SIGN_IN_CODE_MS);
  await identities.addSignIn({ ...person, hash: hashToken(code), provider, linkTo: login.linkTo, expiresAt });
  return { code, state: login.clientState };
}
