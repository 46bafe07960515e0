import { useApolloClient } from '@apollo/client/react';
import type { ApolloClient } from '@apollo/client';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';

import type { SignInDocuments } from './documents.ts';

/** The answer of an authenticator to a challenge, for `finishPasskeyLogin` or `confirmIdentity`. */
export interface PasskeyProof {
  readonly challengeId: string;
  readonly response: unknown;
}

type Start = Pick<SignInDocuments, 'startPasskeyLogin'>;

export const knowsPasskeys = (): boolean => 'PublicKeyCredential' in window && window.isSecureContext;

/** A challenge for an authenticator, which is answered once, within five minutes. */
export async function openChallenge(client: ApolloClient, { startPasskeyLogin }: Start) {
  const { data, error } = await client.mutate({ mutation: startPasskeyLogin });
  if (!data?.startPasskeyLogin) throw error ?? new Error('No challenge');
  const { challengeId, options } = data.startPasskeyLogin;
  return { challengeId, optionsJSON: options as PublicKeyCredentialRequestOptionsJSON };
}

/** Asks the person's authenticator for a proof. Undefined when they decline. */
export function usePasskeyProof(documents: Start): () => Promise<PasskeyProof | undefined> {
  const client = useApolloClient();
  return async () => {
    const { challengeId, optionsJSON } = await openChallenge(client, documents);
    const { startAuthentication, WebAuthnError } = await import('@simplewebauthn/browser');
    try {
      return { challengeId, response: await startAuthentication({ optionsJSON }) };
    } catch (refusal) {
      if (refusal instanceof WebAuthnError || refusal instanceof DOMException || isDeclined(refusal)) return undefined;
      throw refusal;
    }
  };
}

/** Browsers say the same for a cancelled prompt and for one that ran out of time. */
const isDeclined = (error: unknown): boolean =>
  error instanceof Error && ['NotAllowedError', 'AbortError'].includes(error.name);
