import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useEffectEvent, useRef } from 'react';

import type { SignInDocuments } from './documents.ts';
import { knowsPasskeys, openChallenge, type PasskeyProof } from './passkey.ts';

type Start = Pick<SignInDocuments, 'startPasskeyLogin'>;

/** A challenge is replaced before its five minutes are over. */
const RENEW_MS = 4 * 60_000;

/**
 * Offers the person's passkeys where the browser fills in the field whose `autocomplete` ends with `webauthn`.
 *
 * @param isOffered whether to; when it no longer is, the browser is told
 * @returns ends the offer at once: before another use of passkeys, which a later end would hit instead
 */
export function usePasskeyAutofill(
  documents: Start,
  isOffered: boolean,
  onProof: (proof: PasskeyProof) => void,
): () => void {
  const client = useApolloClient();
  const prove = useEffectEvent(onProof);
  const end = useRef(() => {});
  useEffect(() => {
    if (!isOffered || !knowsPasskeys()) return undefined;
    const ended = offer(client, documents, (proof) => prove(proof));
    end.current = ended;
    return ended;
  }, [client, documents, isOffered]);
  return () => end.current();
}

/** @returns ends the offer; does nothing when it has ended */
function offer(client: ApolloClient, documents: Start, onProof: (proof: PasskeyProof) => void): () => void {
  let isOver = false;
  let cancel = (): void => {};
  const run = async (): Promise<void> => {
    const { browserSupportsWebAuthnAutofill, startAuthentication, WebAuthnAbortService } =
      await import('@simplewebauthn/browser');
    if (!(await browserSupportsWebAuthnAutofill())) return;
    for (let isRenewed = true; isRenewed && !isOver; await whenVisible()) {
      isRenewed = false;
      const { challengeId, optionsJSON } = await openChallenge(client, documents);
      if (isOver) return;
      cancel = () => WebAuthnAbortService.cancelCeremony();
      const renewal = setTimeout(() => {
        isRenewed = true;
        cancel();
      }, RENEW_MS);
      const response = await startAuthentication({ optionsJSON, useBrowserAutofill: true }).catch(() => undefined);
      clearTimeout(renewal);
      if (response === undefined || isOver) continue;
      isOver = true;
      onProof({ challengeId, response });
    }
  };
  // Without it there is still the button, which says what is wrong.
  void run().catch(() => undefined);
  return () => {
    if (isOver) return;
    isOver = true;
    cancel();
  };
}

function whenVisible(): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
  });
}
