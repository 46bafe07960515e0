import type { ProviderIdentity } from './sign-in-provider.ts';

/** A user's authenticator app. */
export interface TotpDevice {
  /** Sealed by the secret box. */
  readonly sealedSecret: Uint8Array;
  readonly confirmed: boolean;
}

/** The confirmation of a device by its first correct code. */
export interface TotpConfirmation {
  readonly userId: string;
  /** The secret the code was checked against; a later enrolment may have replaced it. */
  readonly sealedSecret: Uint8Array;
  readonly step: number;
  readonly recoveryHashes: readonly string[];
  /** The session that goes on. */
  readonly keep: string;
  readonly at: Date;
}

/** A challenge whose answer is judged. */
export type AnsweredChallenge = Omit<Challenge, 'hash' | 'expiresAt'>;

/** Ways beside the password in which an account confirms who signs in. */
export type SecondFactorKind = 'TOTP';

/** A login that awaits its second factor. */
export interface Challenge {
  /** Hash of the challenge's id. The id is a secret: whoever has it has already given the password. */
  readonly hash: string;
  readonly userId: string;
  readonly expiresAt: Date;
  /** The user's count of changes when the password was checked. */
  readonly credentials: number;
  /** The identity at a provider that the answer links to the account; null where there is none to link. */
  readonly link: Pick<ProviderIdentity, 'provider' | 'subject'> | null;
}
