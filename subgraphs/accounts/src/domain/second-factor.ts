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

/** The user of a challenge, and their count of changes when the password was checked. */
export type AnsweredChallenge = Pick<Challenge, 'userId' | 'credentials'>;

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
}
