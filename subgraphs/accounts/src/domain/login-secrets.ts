import type { LoginSecrets } from './sign-in-provider.ts';
import type { HashToken } from './token.ts';

/**
 * The secrets of a login with a provider, which nothing stores: whoever finishes it has the state, and the browser its
 * token, which neither the provider nor an address knows.
 */
export function loginSecrets(hash: HashToken, { state, browser }: { state: string; browser: string }): LoginSecrets {
  return { state, nonce: hash(`nonce:${browser}:${state}`), verifier: hash(`verifier:${browser}:${state}`) };
}
