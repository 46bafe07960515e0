import { parseEmail } from '@marquee/input';
import type { Log } from '@marquee/telemetry';
import type { Configuration, IDToken, UserInfoResponse } from 'openid-client';

import { PROVIDER_AWAY, ProviderSignInError } from '../errors.ts';
import { parseDisplayName } from '../domain/profile.ts';
import type { LoginSecrets, ProviderPerson, SignInProviders } from '../domain/sign-in-provider.ts';
import { SIGN_IN_PATH } from './sign-in-routes.ts';

/** A provider as the settings name it. */
export interface ProviderSettings {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const TIMEOUT_SECONDS = 5;
const SCOPE = 'openid email profile';

const library = () => import('openid-client');

/** Providers by openid-client, each discovered when it is first used. publicUrl is where browsers reach the gateway. */
export function openIdProviders(
  settings: readonly ProviderSettings[],
  { publicUrl, log }: { readonly publicUrl: string; readonly log: Log },
): SignInProviders {
  const away = (provider: string, err: unknown): Error => {
    log.warn({ err, provider }, 'a sign-in provider does not answer as it should');
    return new ProviderSignInError(PROVIDER_AWAY);
  };

  const found = new Map<string, Promise<Configuration>>();
  const startUrl = (id: string) => new URL(`${SIGN_IN_PATH}/${id}`, publicUrl).href;
  const callbackUrl = (id: string) => `${startUrl(id)}/callback`;

  /** A failure is not kept: the provider may be back. */
  function configuration(id: string): Promise<Configuration> {
    const kept = found.get(id);
    if (kept !== undefined) return kept;
    const provider = settings.find((each) => each.id === id);
    if (provider === undefined) throw new Error(`There is no sign-in provider ${id}`);
    const discovering = discover(provider).catch((error: unknown) => Promise.reject(away(id, error)));
    found.set(id, discovering);
    discovering.catch(() => found.delete(id));
    return discovering;
  }

  return {
    list: settings.map(({ id, name }) => ({ id, name })),
    startUrl,

    async authorizationUrl(id, { state, nonce, verifier }) {
      const [{ buildAuthorizationUrl, calculatePKCECodeChallenge }, config] = await Promise.all([
        library(),
        configuration(id),
      ]);
      const challenge = { code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' };
      const parameters = { redirect_uri: callbackUrl(id), scope: SCOPE, state, nonce, ...challenge };
      return buildAuthorizationUrl(config, parameters).href;
    },

    async identify(id, query, secrets) {
      const config = await configuration(id);
      const { AuthorizationResponseError, ClientError, ResponseBodyError } = await library();
      try {
        return await personOf(config, new URL(`${callbackUrl(id)}?${query}`), secrets);
      } catch (error) {
        const refused = [AuthorizationResponseError, ClientError, ResponseBodyError].some(
          (kind) => error instanceof kind,
        );
        if (refused) return null;
        throw error instanceof ProviderSignInError ? error : away(id, error);
      }
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<Configuration> {
  const { allowInsecureRequests, discovery } = await library();
  const execute = issuer.startsWith('http:') ? [allowInsecureRequests] : [];
  return discovery(new URL(issuer), clientId, clientSecret, undefined, { execute, timeout: TIMEOUT_SECONDS });
}

/** Of the ID token; what it lacks is asked for. */
async function personOf(
  config: Configuration,
  url: URL,
  { state, nonce, verifier }: LoginSecrets,
): Promise<ProviderPerson> {
  const { authorizationCodeGrant, fetchUserInfo } = await library();
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
  const tokens = await authorizationCodeGrant(config, url, checks);
  const claims = tokens.claims();
  if (claims === undefined) throw new Error('The provider gave no ID token');
  const asked = claims['email'] !== undefined || config.serverMetadata().userinfo_endpoint === undefined;
  return toPerson(asked ? claims : { ...claims, ...(await fetchUserInfo(config, tokens.access_token, claims.sub)) });
}

function toPerson({ sub, email, email_verified: verified, name }: IDToken | UserInfoResponse): ProviderPerson {
  return {
    subject: sub,
    email: typeof email === 'string' ? parseEmail(email) : null,
    emailVerified: verified === true,
    displayName: typeof name === 'string' ? parseDisplayName(name) : null,
  };
}
