import type { AttemptLimit, Guessed } from './attempt-limits.ts';
import type { NewMail } from './mail.ts';
import type { MailToken, MailTokenPurpose } from './mail-token.ts';
import type { AnsweredChallenge, Challenge, SecondFactorKind, TotpConfirmation, TotpDevice } from './second-factor.ts';
import type { RepeatedExchange, Rotation, Session, SessionEnd, SessionReference, SignedIn } from './session.ts';
import type { SigningKey } from './signing-key.ts';
import type { Passkey, PasskeyChallenge } from './passkey.ts';
import type { ProviderIdentity, ProviderLogin, ProviderSignIn } from './sign-in-provider.ts';
import type { ProfileChanges } from './profile.ts';
import type { Credentials, User } from './user.ts';

/** Stored users. */
export interface Users {
  /** Adds a user and emits `account.registered`. @throws {EmailTakenError} when another account has the address */
  add(user: User, passwordHash: string | null, referralCode?: string | null): Promise<void>;
  /** @returns null when there is no such user */
  updateProfile(userId: string, changes: ProfileChanges): Promise<User | null>;
  findMany(ids: readonly string[]): Promise<User[]>;
  /** @param email in lower case */
  findByEmail(email: string): Promise<User | null>;
  /** @param email in lower case @param fingerprints of the device that signs in, one by each key */
  credentialsOf(email: string, fingerprints: readonly string[]): Promise<Credentials | null>;
  credentialsOfUser(userId: string): Promise<Credentials | null>;
  /** Whether the user has signed in on the device before. */
  knowsDevice(userId: string, fingerprints: readonly string[]): Promise<boolean>;
}

/** Stored sessions, each with the hashes of its refresh tokens. */
export interface Sessions {
  /**
   * Opens a session on a device that is known from then on, and ends the user's oldest beyond `MAX_SESSIONS`.
   *
   * @param from the user's count of changes that the sign-in began with, and the fingerprint of the device, null when its
   *   network is unknown
   * @returns the ended sessions; null when the user's credentials have changed since the sign-in began
   */
  open(
    session: Session,
    refreshTokenHash: string,
    from: { readonly credentials: number; readonly fingerprint: string | null },
  ): Promise<string[] | null>;
  /**
   * Exchanges a refresh token for its successor. Of concurrent uses exactly one succeeds.
   *
   * @returns null when the token is unknown, used or expired, or its session has ended
   */
  rotate(rotation: Rotation): Promise<SignedIn | null>;
  /**
   * The session of a refresh token that has been exchanged, and which of the hashes its successor has; null when the token is
   * unknown or was never exchanged.
   */
  findRepeatedExchange(hash: string, successors: readonly string[]): Promise<RepeatedExchange | null>;
  /**
   * Ends a session and emits `account.session-revoked`. A session that has already ended does not change.
   *
   * @returns false when the user has no such session
   */
  end(end: SessionEnd): Promise<boolean>;
  /** Ends all sessions of a user, and emits `account.session-revoked` for each. @returns their ids */
  endAll(userId: string, at: Date): Promise<string[]>;
  /** Ends sessions that expired, and emits `account.session-revoked` for each: others keep things for a session. */
  endExpired(at: Date): Promise<void>;
  /** Records that the person gave a password or second factor. @returns false when the session has ended */
  authenticate(session: SessionReference, at: Date): Promise<boolean>;
  /** Active sessions of each user, last seen first, at most `MAX_SESSIONS` per user. */
  activeByUsers(userIds: readonly string[], now: Date): Promise<Session[]>;
  endedSince(since: Date): Promise<{ sessionId: string; endedAt: Date }[]>;
  /** Deletes refresh tokens and sessions that expired, and known devices last seen, before these times. */
  deleteExpired(before: { readonly tokens: Date; readonly sessions: Date; readonly devices: Date }): Promise<void>;
}

/** Codes of an account's second factor. Each is used once. */
export interface SecondFactorCodes {
  deviceOf(userId: string): Promise<TotpDevice | null>;
  /** Uses up a time step. @returns false when this step or a later one has been used */
  acceptStep(userId: string, step: number): Promise<boolean>;
  /** Uses up a recovery code. @returns false when the code is unknown or has been used */
  useRecoveryCode(userId: string, hash: string, at: Date): Promise<boolean>;
}

/** Stored second factors, and the challenges of logins that await one. */
export interface SecondFactors extends SecondFactorCodes {
  kindsByUsers(userIds: readonly string[]): Promise<{ userId: string; kind: SecondFactorKind }[]>;
  /** Stores a device, replacing an unconfirmed one. @returns false when a confirmed device exists */
  startDevice(userId: string, sealedSecret: Uint8Array, at: Date): Promise<boolean>;
  openChallenge(challenge: Challenge): Promise<void>;
  /** Counts an answer. @returns the challenge's user; null when it is unknown, answered, expired or out of attempts */
  countAnswer(hash: string, maxAnswers: number, at: Date): Promise<AnsweredChallenge | null>;
  /**
   * Uses up a challenge together with a code: both, or neither when `useCode` throws. Answers to challenges of a user take
   * turns.
   *
   * @returns false when the challenge has been answered; `useCode` is then not called
   */
  closeChallenge(
    challenge: Pick<Challenge, 'hash' | 'userId'>,
    at: Date,
    useCode: (codes: SecondFactorCodes) => Promise<void>,
  ): Promise<boolean>;
  deleteExpiredChallenges(now: Date): Promise<void>;
}

/**
 * Changes to how accounts are signed in to. Each ends the user's other sessions, emits `account.security-changed`, adds
 * the mail to the owner, and undoes sign-ins that have begun. Those that return ids return those of the ended sessions;
 * null when the account has changed since it was read.
 */
export interface CredentialChanges {
  changePassword(change: AccountChange & { readonly passwordHash: string }): Promise<string[] | null>;
  /** Asks for another address: the change itself comes with `verifyEmail`. */
  requestEmail(change: AccountChange & { readonly newEmail: string }): Promise<string[] | null>;
  /** @returns null when there is no unconfirmed device with this secret */
  confirmTotp(confirmation: TotpConfirmation): Promise<string[] | null>;
  /** @returns null when there is no confirmed device */
  disableTotp(change: Omit<AccountChange, 'user'> & { readonly userId: string }): Promise<string[] | null>;
  /** Uses up a token. @returns null when it is unknown, used or expired, or not for the account's address */
  resetPassword(reset: PasswordReset): Promise<{ readonly user: User; readonly ended: string[] } | null>;
  /**
   * Uses up a token and verifies the address that it was sent to: the account's, or the one that then becomes it. The
   * first time, ways in other than the password go unless the account's own session does it.
   *
   * @param by who is signed in
   * @returns null when the token is unknown, used or expired, or the account has neither address
   * @throws {EmailTakenError} when another account has the address
   */
  verifyEmail(hash: string, by: string | null, at: Date): Promise<User | null>;
}

/** Stored passkeys, and the challenges that await an answer. */
export interface Passkeys {
  openChallenge(challenge: PasskeyChallenge): Promise<void>;
  /** Uses up a challenge: of concurrent calls one gets it. @returns null when it is unknown, used or expired */
  useChallenge(hash: string, at: Date): Promise<Pick<PasskeyChallenge, 'challenge' | 'userId'> | null>;
  deleteExpiredChallenges(now: Date): Promise<void>;
  byUsers(userIds: readonly string[]): Promise<Passkey[]>;
  /** A passkey and its user, by the authenticator's id of it. */
  findCredential(credentialId: string): Promise<{ readonly passkey: Passkey; readonly user: User } | null>;
  /**
   * Records a login. Of logins with one count of signatures, one succeeds.
   *
   * @returns false when the count has not gone up, now or before: there is a copy of the passkey. The first time, the
   *   owner is told
   */
  recordUse(passkey: Passkey, counter: number, at: Date): Promise<boolean>;
}

/** Changes of passkeys, with all that other {@link CredentialChanges} do. */
export interface PasskeyChanges {
  /** @returns the ended sessions @throws {InvalidPasskeyError} when there are too many, or an account has it already */
  add(passkey: Passkey, keep: string): Promise<string[]>;
  /** @returns the ended sessions; null when the user has no such passkey @throws {CodedError} FORBIDDEN for the last way in */
  remove(change: {
    readonly id: string;
    readonly userId: string;
    readonly keep: string;
    readonly at: Date;
  }): Promise<string[] | null>;
}

/** Stored sign-ins with providers, and the identities there that sign in here. */
export interface ProviderIdentities {
  openLogin(login: ProviderLogin): Promise<void>;
  /** Binds a login that was started for a link to a browser. @returns false when it is unknown, bound or expired */
  bindLogin(
    login: Pick<ProviderLogin, 'hash' | 'provider' | 'browserHash' | 'clientState'>,
    at: Date,
  ): Promise<boolean>;
  /** Uses up a login of this browser. @returns null when it is unknown, used, expired, or of another browser */
  useLogin(login: {
    readonly hash: string;
    readonly browserHash: string;
    readonly at: Date;
  }): Promise<ProviderLogin | null>;
  addSignIn(signIn: ProviderSignIn): Promise<void>;
  /** Uses up a code: of concurrent calls one gets it. @returns null when it is unknown, used or expired */
  useSignIn(hash: string, at: Date): Promise<ProviderSignIn | null>;
  deleteExpired(now: Date): Promise<void>;
  byUsers(userIds: readonly string[]): Promise<ProviderIdentity[]>;
  /** The user of an identity, which is thereby used. */
  signInWith(identity: Pick<ProviderIdentity, 'provider' | 'subject'>, at: Date): Promise<string | null>;
  /** Adds a user without a password, and the identity. @throws {ProviderSignInError} when either was added meanwhile */
  addUser(user: User, identity: ProviderIdentity, referralCode: string | null): Promise<void>;
  /**
   * Whether the address of an account is verified by its owner, so that a provider's word for it is enough.
   *
   * @throws {ProviderSignInError} when the account has another identity of the provider
   */
  isLinkableByAddress(identity: Pick<ProviderIdentity, 'provider' | 'userId'>): Promise<boolean>;
  /**
   * Links an identity to the account with the address that the provider has verified, and tells the owner.
   *
   * @returns false when the account's address is not verified by its owner, or the account has changed since
   * @throws {ProviderSignInError} when the account has another identity of the provider
   */
  linkByAddress(identity: ProviderIdentity, credentials: number): Promise<boolean>;
  /** @returns the ended sessions @throws {ProviderSignInError} when either has been linked before */
  link(identity: ProviderIdentity, keep: string): Promise<string[]>;
  /** @returns the ended sessions; null when there is none @throws {CodedError} FORBIDDEN for the last way in */
  unlink(change: {
    readonly provider: string;
    readonly userId: string;
    readonly keep: string;
    readonly at: Date;
  }): Promise<{ readonly user: User; readonly ended: string[] } | null>;
}

/** A change made in a session, which goes on. */
export interface AccountChange {
  readonly user: Pick<User, 'id' | 'email' | 'credentials'>;
  readonly keep: string;
  readonly at: Date;
}

export interface PasswordReset {
  /** Of the token. */
  readonly hash: string;
  readonly passwordHash: string;
  /** Of the device that resets it; null when its network is unknown. */
  readonly fingerprint: string | null;
  readonly at: Date;
}

/** Mails that wait to be sent, such as those of `@marquee/mail`. */
export interface OutgoingMails {
  add(mail: NewMail): Promise<void>;
}

/** Stored tokens that were sent by mail. */
export interface MailTokens {
  add(token: MailToken): Promise<void>;
  /** A token that works, without using it. */
  find(hash: string, purpose: MailTokenPurpose, at: Date): Promise<{ userId: string; email: string } | null>;
  deleteExpired(now: Date): Promise<void>;
}

/** Stored counts of attempts by subject. */
export interface Attempts {
  /**
   * Counts an attempt by each limit; one that a limit refuses counts by none.
   *
   * @returns null when it is within the limits, otherwise when the one exceeded allows another
   */
  count(limits: readonly AttemptLimit[], at: Date): Promise<Date | null>;
  /** Does what each limit says of a success. */
  settle(limits: readonly AttemptLimit[]): Promise<void>;
  /** Takes back one attempt of each limit. */
  withdraw(limits: readonly AttemptLimit[]): Promise<void>;
  /** Emits `account.sign-in-attempted` for accounts guessed often, at most once a day for each factor. */
  tellOwners(at: Date): Promise<Guessed[]>;
  deleteExpired(now: Date): Promise<void>;
}

/** Stored key pairs. */
export interface SigningKeys {
  /** The newest keys, newest first. */
  newest(count: number): Promise<SigningKey[]>;
  /** Adds a key unless its generation exists: of concurrent processes exactly one succeeds. */
  add(key: SigningKey): Promise<void>;
  /** Deletes keys of earlier generations. */
  deleteBefore(generation: number): Promise<void>;
}
