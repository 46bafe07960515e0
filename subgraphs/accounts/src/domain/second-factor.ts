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
  readonly at: Date;
}

/** A login that awaits its second factor. */
export interface Challenge {
  /** Hash of the challenge's id. The id is a secret: whoever has it has already given the password. */
  readonly hash: string;
  readonly userId: string;
  readonly expiresAt: Date;
}

/** Stored second factors, and the challenges of logins that await one. */
export interface SecondFactors {
  deviceOf(userId: string): Promise<TotpDevice | null>;
  /** Stores a device, replacing an unconfirmed one. @returns false when a confirmed device exists */
  startDevice(userId: string, sealedSecret: Uint8Array, at: Date): Promise<boolean>;
  /** @returns false when there is no unconfirmed device with this secret */
  confirmDevice(confirmation: TotpConfirmation): Promise<boolean>;
  /** Uses up a time step. @returns false when this step or a later one has been used */
  acceptStep(userId: string, step: number): Promise<boolean>;
  /** Uses up a recovery code. @returns false when the code is unknown or has been used */
  useRecoveryCode(userId: string, hash: string, at: Date): Promise<boolean>;
  openChallenge(challenge: Challenge): Promise<void>;
  /** Counts an answer. @returns the challenge's user; null when it is unknown, answered, expired or out of attempts */
  countAnswer(hash: string, maxAnswers: number, at: Date): Promise<string | null>;
  /** Uses up a challenge. Of concurrent calls exactly one returns true. */
  closeChallenge(hash: string, at: Date): Promise<boolean>;
  deleteExpiredChallenges(now: Date): Promise<void>;
}
