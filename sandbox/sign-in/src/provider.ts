import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { JWK } from 'oidc-provider';

import type { SandboxClient } from './client.ts';
import type { People } from './people.ts';

const HOUR = 3_600;

/** The provider of the library: one client, which nobody has to consent to. */
export async function openProvider(issuer: string, client: SandboxClient, people: People) {
  const { Provider } = await withoutWarnings(() => import('oidc-provider'));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const open = () =>
    new Provider(issuer, {
      clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [...client.redirectUris] }],
      cookies: { keys: [randomBytes(32).toString('base64url')] },
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' } as JWK] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: HOUR, IdToken: 600, Interaction: HOUR, Session: HOUR },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      findAccount: (_context, accountId) => {
        const person = people.find(accountId);
        return person && { accountId, claims: async () => ({ ...person }) };
      },
      loadExistingGrant: async ({ oidc }) => {
        const { provider, client: asking, session } = oidc;
        if (!asking || !session?.accountId) return undefined;
        const grant = new provider.Grant({ clientId: asking.clientId, accountId: session.accountId });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
    });
  return withoutWarnings(open);
}

const WARNING = 'oidc-provider WARNING';

/** Work without the library's warnings to deployments, which this is none of. */
async function withoutWarnings<T>(work: () => T): Promise<Awaited<T>> {
  const { warn } = console;
  // oxlint-disable-next-line no-console -- the library warns nowhere else
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes(WARNING)) warn.apply(console, words);
  };
  try {
    return await work();
  } finally {
    // oxlint-disable-next-line no-console -- as it was
    console.warn = warn;
  }
}
