import type { NewEvent } from '@marquee/events';

export const ROLES = ['CUSTOMER', 'PARTNER', 'ADVERTISER', 'SUPPORT_AGENT', 'ANALYST', 'ADMIN'] as const;

/** What somebody may act as. */
export type Role = (typeof ROLES)[number];

/** A person with an account. */
export interface User {
  readonly id: string;
  /** In lower case. */
  readonly email: string;
  readonly displayName: string;
  /** A BCP 47 tag. */
  readonly locale: string | null;
  readonly roles: readonly Role[];
  readonly createdAt: Date;
}

/** What a login is checked against. */
export interface Credentials {
  readonly user: User;
  readonly passwordHash: string;
  /** Whether a second factor is set up and confirmed. */
  readonly secondFactor: boolean;
}

/** The accounts kept. */
export interface Users {
  /** @throws {EmailTakenError} when the address is somebody's already. */
  add(user: User, passwordHash: string, event: NewEvent): Promise<void>;
  withIds(ids: readonly string[]): Promise<User[]>;
  /** @param email in lower case */
  credentialsOf(email: string): Promise<Credentials | null>;
}
