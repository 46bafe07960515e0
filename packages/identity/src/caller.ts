export interface AnonymousCaller {
  readonly kind: 'anonymous';
}

/** A signed-in user, as described by a verified access token. */
export interface UserCaller {
  readonly kind: 'user';
  readonly userId: string;
  readonly sessionId: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  /** When the person last gave a password or second factor in this session; the epoch when the token does not say. */
  readonly authenticatedAt: Date;
  /** Whether the person has shown that the account's email address is theirs. */
  readonly emailVerified: boolean;
  /** When the access token expires. */
  readonly expiresAt: Date;
}

/** A subgraph that acts on its own behalf. */
export interface ServiceCaller {
  readonly kind: 'service';
  readonly name: string;
}

/** The authenticated caller: established by the gateway, and again by each subgraph in another process. */
export type Caller = AnonymousCaller | UserCaller | ServiceCaller;

export const ANONYMOUS: AnonymousCaller = Object.freeze({ kind: 'anonymous' });

/** The client's device, as far as the gateway knows it. */
export interface Device {
  readonly address: string | null;
  readonly userAgent: string | null;
}
