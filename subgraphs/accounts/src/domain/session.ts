import type { User } from './user.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Validity of a refresh token, and so the time after which an unused session expires. */
export const REFRESH_TOKEN_MS = 30 * DAY_MS;
/** Sessions listed per user. A list needs a limit, since every login opens a session. */
export const MAX_LISTED_SESSIONS = 100;

/** A signed-in device. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  /** When its current refresh token expires. */
  readonly expiresAt: Date;
}

/** The id of a session and of its user. */
export interface SessionReference {
  readonly sessionId: string;
  readonly userId: string;
}

/** The reason for ending a session. */
export type RevocationReason = 'LOGOUT' | 'REVOKED' | 'REFRESH_TOKEN_REUSED';

/** The use of a refresh token: the token presented and its successor. */
export interface Rotation {
  readonly hash: string;
  readonly nextHash: string;
  readonly at: Date;
  readonly nextExpiresAt: Date;
}

/** The end of a session of this user. */
export interface SessionEnd extends SessionReference {
  readonly reason: RevocationReason;
  readonly at: Date;
}

/** Stored sessions, each with the hashes of its refresh tokens. */
export interface Sessions {
  open(session: Session, refreshTokenHash: string): Promise<void>;
  /**
   * Uses up a refresh token and stores its successor. Of concurrent uses exactly one succeeds.
   *
   * @returns null when the token is unknown, used or expired, or its session has ended
   */
  rotate(rotation: Rotation): Promise<{ sessionId: string; user: User } | null>;
  /** The session of a used refresh token; null when the token is unknown or unused. */
  findByUsedToken(hash: string): Promise<SessionReference | null>;
  /**
   * Ends a session and emits `account.session-revoked`. A session that has already ended does not change.
   *
   * @returns false when the user has no such session
   */
  end(end: SessionEnd): Promise<boolean>;
  /** Active sessions of each user, last seen first, at most {@link MAX_LISTED_SESSIONS} per user. */
  activeByUsers(userIds: readonly string[], now: Date): Promise<Session[]>;
  endedSince(since: Date): Promise<{ sessionId: string; endedAt: Date }[]>;
  /** Deletes refresh tokens and sessions that expired before these times. */
  deleteExpired(before: { readonly tokens: Date; readonly sessions: Date }): Promise<void>;
}
