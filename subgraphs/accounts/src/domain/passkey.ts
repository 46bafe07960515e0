/** Passkeys of an account. */
export const MAX_PASSKEYS = 20;
/** Time to answer a challenge. */
export const PASSKEY_CHALLENGE_MS = 5 * 60_000;

/** The credential of an authenticator. */
export interface PasskeyCredential {
  /** The authenticator's id of it, base64url. */
  readonly credentialId: string;
  /** In COSE form. */
  readonly publicKey: Uint8Array;
  /** Signatures that it had made; stays 0 for authenticators that do not count. */
  readonly counter: number;
  /** How browsers reach the authenticator. */
  readonly transports: readonly string[];
}

/** A credential with which a user signs in. */
export interface Passkey extends PasskeyCredential {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** A challenge that an authenticator is to sign. */
export interface PasskeyChallenge {
  /** Hash of the challenge's id. */
  readonly hash: string;
  /** Base64url. */
  readonly challenge: string;
  /** Who adds a passkey; null for a login. */
  readonly userId: string | null;
  readonly expiresAt: Date;
}

/** A challenge with the options for the browser's call. */
export interface PasskeyRequest {
  readonly challenge: string;
  readonly options: object;
}

/** The ceremonies of WebAuthn. The authenticator must verify the person, so a passkey is two factors. */
export interface PasskeyCeremonies {
  registration(
    person: { readonly id: string; readonly email: string; readonly displayName: string },
    existing: readonly PasskeyCredential[],
  ): Promise<PasskeyRequest>;
  login(): Promise<PasskeyRequest>;
  /** @returns null when the response does not answer the challenge, or is not from our pages */
  verifyRegistration(response: unknown, challenge: string): Promise<PasskeyCredential | null>;
  /** The credential that a login's response names, and the user that it believes it belongs to; null when malformed. */
  claimOf(response: unknown): { readonly credentialId: string; readonly userId: string | null } | null;
  /** @returns the signatures made so far; null when the response does not answer the challenge, or is not from our pages */
  verifyLogin(response: unknown, challenge: string, credential: PasskeyCredential): Promise<number | null>;
}
