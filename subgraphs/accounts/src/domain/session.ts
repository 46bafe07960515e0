import type { OrganisationRole } from '@marquee/subgraph';

import type { User } from './user.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Validity of a refresh token, and so the time after which an unused session expires. */
export const REFRESH_TOKEN_MS = 30 * DAY_MS;
/** Time after its sign-in in which a session ends, however much it is used. */
export const MAX_SESSION_MS = 90 * DAY_MS;
/** Time in which an exchanged refresh token may be sent again: by another tab, or because the response was lost. */
export const REFRESH_GRACE_SECONDS = 10;
/** Devices per user on which a login passes the limits of unknown ones. */
export const MAX_KNOWN_DEVICES = 20;
/** Time after which a device that was not seen is unknown again. */
export const KNOWN_DEVICE_MS = 90 * DAY_MS;
/** Open sessions per user: a login beyond it ends the one not seen for longest. */
export const MAX_SESSIONS = 50;

/** A signed-in device. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  /** When the person last gave a password or second factor on it. */
  readonly authenticatedAt: Date;
  readonly lastSeenAt: Date;
  /** When its current refresh token expires. */
  readonly expiresAt: Date;
}

/** The id of a session and of its user. */
export interface SessionReference {
  readonly sessionId: string;
  readonly userId: string;
}

/** A user in one of their sessions. */
export interface SignedIn {
  readonly user: User;
  readonly sessionId: string;
  readonly authenticatedAt: Date;
  /** The person's roles in organisations, where they were read with the session. */
  readonly inOrganisations?: readonly OrganisationRole[];
}

/** The reason for ending a session. */
export type RevocationReason =
  | 'LOGOUT'
  | 'REVOKED'
  | 'REFRESH_TOKEN_REUSED'
  | 'REPLACED'
  | 'CREDENTIALS_CHANGED'
  | 'EXPIRED';

/** The use of a refresh token: the token presented and its successor. */
export interface Rotation {
  readonly hash: string;
  readonly nextHash: string;
  readonly at: Date;
  readonly nextExpiresAt: Date;
  /** Fingerprint of the device, known from then on; null when its network is unknown. */
  readonly fingerprint: string | null;
}

/** A session whose refresh token was presented again after its exchange. */
export interface RepeatedExchange extends SignedIn {
  /** Whether the exchange was less than `REFRESH_GRACE_SECONDS` ago and the session has not ended. */
  readonly inGrace: boolean;
  /** The hash of its successor, of those that were asked for; null when it is none of them. */
  readonly successorHash: string | null;
}

/** The end of a session of this user. */
export interface SessionEnd extends SessionReference {
  readonly reason: RevocationReason;
  readonly at: Date;
}
