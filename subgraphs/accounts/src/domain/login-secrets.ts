import type { LoginSecrets } from './sign-in-provider.ts';
import type { KeyedHash } from './token.ts';

/** The secrets of a login with a provider, which nothing stores: whoever finishes it has the state. */
export function loginSecrets(hash: KeyedHash, state: string): LoginSecrets {
  return { state, nonce: hash(`nonce:${state}`), verifier: hash(`verifier:${state}`) };
}
