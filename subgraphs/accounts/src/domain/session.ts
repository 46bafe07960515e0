import type { NewEvent } from '@marquee/events';
import type { User } from './user.ts';

/** A signed-in device. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  /** When its current refresh token ends. */
  readonly expiresAt: Date;
}

/** Why a session was ended. */
export type Revocation = 'LOGOUT' | 'REVOKED' | 'REFRESH_TOKEN_REUSED';

/** How many sessions of a person are listed: each login opens one, so that they have no natural end. */
export const MOST_LISTED = 100;

/** The device at the other end, as far as the request tells. */
export interface Device {
  /** The network address. */
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** One use of a refresh token: the token presented and the one to take its place. */
export interface Rotation {
  readonly hash: string;
  readonly nextHash: string;
  readonly at: Date;
  /** When the next token ends. */
  readonly nextExpiresAt: Date;
}

/** An end of a session, for the session's owner. */
export interface SessionEnd {
  readonly sessionId: string;
  readonly userId: string;
  readonly reason: Revocation;
  readonly at: Date;
}

/** The sessions kept, each with the hashes of its refresh tokens. */
export interface Sessions {
  open(session: Session, refreshTokenHash: string): Promise<void>;
  /**
   * Uses a refresh token up and puts the next in its place; of several at once one succeeds.
   *
   * @returns null when the token is unknown, used or too old, or its session was ended.
   */
  rotate(rotation: Rotation): Promise<{ sessionId: string; user: User } | null>;
  /** The session of a refresh token that was used before; null when the token is unknown or unused. */
  ofUsedToken(hash: string): Promise<{ sessionId: string; userId: string } | null>;
  /** Ends a session and tells the event, both or neither; what was ended before stays as it is. */
  end(end: SessionEnd, event: NewEvent): Promise<'ended' | 'ended-before' | 'unknown'>;
  /** Those that are signed in, of several people, of each the {@link MOST_LISTED} last seen; the last seen first. */
  activeOf(userIds: readonly string[], now: Date): Promise<Session[]>;
  endedSince(since: Date): Promise<{ sessionId: string; endedAt: Date }[]>;
}
