export const ROLES = ['CUSTOMER', 'PARTNER', 'ADVERTISER', 'SUPPORT_AGENT', 'ANALYST', 'ADMIN'] as const;

/** A set of permissions granted to a user; see `scopesOf`. */
export type Role = (typeof ROLES)[number];

/** Whether an account may be used. */
export type UserStatus = 'ACTIVE' | 'SUSPENDED';

/** A person with an account. */
export interface User {
  readonly id: string;
  /** In lower case. */
  readonly email: string;
  readonly displayName: string;
  /** A BCP 47 tag. */
  readonly locale: string | null;
  /** The catalog's id of the home city. */
  readonly homeCityId: string | null;
  /** The IANA time zone that the person chose, else the home city's. */
  readonly timeZone: string | null;
  readonly roles: readonly Role[];
  readonly createdAt: Date;
  /** When the person showed that the address is theirs; null when they have not. */
  readonly emailVerifiedAt: Date | null;
  /** The address that replaces the present one once its owner has confirmed it. */
  readonly pendingEmail: string | null;
  /** Goes up with each change of password, address or second factor: a sign-in that began before it fails. */
  readonly credentials: number;
  readonly status: UserStatus;
}

/** A user together with what their login is checked against. */
export interface Credentials {
  readonly user: User;
  /** Null for an account without a password. */
  readonly passwordHash: string | null;
  /** Whether a confirmed second factor is required. */
  readonly secondFactor: boolean;
  /** Whether the account signed in on this device before. */
  readonly knownDevice: boolean;
}
