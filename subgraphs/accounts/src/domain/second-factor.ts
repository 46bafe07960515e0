/** Somebody's authenticator app. */
export interface TotpDevice {
  /** Sealed: only the secret box opens it. */
  readonly sealedSecret: Uint8Array;
  readonly confirmed: boolean;
}

/** A first code that proves that the app works. */
export interface Confirmation {
  readonly userId: string;
  /** The secret that the code was made with: another enrolment may have begun meanwhile. */
  readonly sealedSecret: Uint8Array;
  readonly step: number;
  readonly recoveryHashes: readonly string[];
  readonly at: Date;
}

/** A login that awaits its second factor. */
export interface Challenge {
  /** Of the challenge's id, which is a secret itself: who has it has passed the password. */
  readonly hash: string;
  readonly userId: string;
  readonly expiresAt: Date;
}

/** Second factors and the challenges to show them. */
export interface SecondFactors {
  deviceOf(userId: string): Promise<TotpDevice | null>;
  /** Replaces an unconfirmed device. @returns false when a confirmed one is there. */
  startDevice(userId: string, sealedSecret: Uint8Array, at: Date): Promise<boolean>;
  /** @returns false when there is no such unconfirmed device (any more). */
  confirmDevice(confirmation: Confirmation): Promise<boolean>;
  /** Accepts the code of a time step once. @returns false when it, or a later one, was accepted before. */
  acceptStep(userId: string, step: number): Promise<boolean>;
  /** @returns false when the code is unknown or was used before. */
  useRecoveryCode(userId: string, hash: string, at: Date): Promise<boolean>;
  openChallenge(challenge: Challenge): Promise<void>;
  /** Counts one answer. @returns whose challenge it is; null when it cannot be answered (any more). */
  countAnswer(hash: string, maximum: number, at: Date): Promise<string | null>;
  /** Uses a challenge up; of several at once one succeeds. */
  closeChallenge(hash: string, at: Date): Promise<boolean>;
}
