import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';

import { PASSKEY_CHALLENGE_MS, type PasskeyCeremonies, type PasskeyCredential } from '../domain/passkey.ts';
import type { RelyingParty } from '../domain/relying-party.ts';

const text = z.string().max(16_384);
const credential = { id: text, rawId: text, type: z.literal('public-key'), clientExtensionResults: z.looseObject({}) };
const transports = z.array(z.string().max(32)).max(8).optional();
const registrationShape = z.object({
  ...credential,
  response: z.object({ clientDataJSON: text, attestationObject: text, transports }),
});
const loginShape = z.object({
  ...credential,
  response: z.object({
    ...{ clientDataJSON: text, authenticatorData: text, signature: text },
    userHandle: text.nullish(),
  }),
});

const library = () => import('@simplewebauthn/server');

/** The ceremonies by SimpleWebAuthn, which is loaded with the first. */
export function webAuthn(party: RelyingParty): PasskeyCeremonies {
  const expected = (response: { clientDataJSON: string }, challenge: string) => ({
    ...{ expectedChallenge: challenge, expectedRPID: party.id, requireUserVerification: true },
    expectedOrigin: party.originsFor(originIn(response.clientDataJSON)),
  });
  return {
    async registration(person, existing) {
      const { generateRegistrationOptions } = await library();
      const options = await generateRegistrationOptions({
        ...{ rpName: party.name, rpID: party.id, timeout: PASSKEY_CHALLENGE_MS, attestationType: 'none' },
        ...{ userID: Uint8Array.from(Buffer.from(person.id)), userName: person.email },
        userDisplayName: person.displayName,
        excludeCredentials: existing.map(toDescriptor),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      return { challenge: options.challenge, options };
    },

    async login() {
      const { generateAuthenticationOptions } = await library();
      const userVerification = 'required';
      const options = await generateAuthenticationOptions({
        ...{ rpID: party.id, timeout: PASSKEY_CHALLENGE_MS, userVerification },
      });
      return { challenge: options.challenge, options };
    },

    async verifyRegistration(given, challenge) {
      const response = registrationShape.safeParse(given).data as RegistrationResponseJSON | undefined;
      if (response === undefined) return null;
      const { verifyRegistrationResponse } = await library();
      const verify = () => verifyRegistrationResponse({ response, ...expected(response.response, challenge) });
      const verified = await orNull(verify);
      if (!verified?.verified) return null;
      const { id, publicKey, counter } = verified.registrationInfo.credential;
      return { credentialId: id, publicKey, counter, transports: response.response.transports ?? [] };
    },

    claimOf(given) {
      const { data } = loginShape.safeParse(given);
      if (data === undefined) return null;
      const { userHandle } = data.response;
      return { credentialId: data.id, userId: userHandle ? Buffer.from(userHandle, 'base64url').toString() : null };
    },

    async verifyLogin(given, challenge, { credentialId: id, publicKey }) {
      const response = loginShape.safeParse(given).data as AuthenticationResponseJSON | undefined;
      if (response === undefined) return null;
      const { verifyAuthenticationResponse } = await library();
      // The database judges the counter, with the row that it compares locked.
      const known = { id, publicKey: Uint8Array.from(publicKey), counter: 0 };
      const verify = () =>
        verifyAuthenticationResponse({ response, credential: known, ...expected(response.response, challenge) });
      const verified = await orNull(verify);
      return verified?.verified ? verified.authenticationInfo.newCounter : null;
    },
  };
}

/** The library throws for whatever it does not accept. */
async function orNull<T>(verify: () => Promise<T>): Promise<T | null> {
  try {
    return await verify();
  } catch {
    return null;
  }
}

function toDescriptor({ credentialId: id, transports: reached }: PasskeyCredential) {
  return { id, transports: [...reached] as NonNullable<RegistrationResponseJSON['response']['transports']> };
}

function originIn(clientDataJson: string): string {
  try {
    const { origin } = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString()) as { origin?: unknown };
    return typeof origin === 'string' ? origin : '';
  } catch {
    return '';
  }
}
