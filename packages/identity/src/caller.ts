/** Nobody signed in. */
export interface AnonymousCaller {
  readonly kind: 'anonymous';
}

/** A person, as their verified access token says. */
export interface UserCaller {
  readonly kind: 'user';
  readonly userId: string;
  readonly sessionId: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  /** When the access token ends. */
  readonly expiresAt: Date;
}

/** Another subgraph, asking on its own behalf. */
export interface ServiceCaller {
  readonly kind: 'service';
  readonly name: string;
}

/** Who asks: established once at the edge, and again by every subgraph that runs apart from it. */
export type Caller = AnonymousCaller | UserCaller | ServiceCaller;

export const ANONYMOUS: AnonymousCaller = Object.freeze({ kind: 'anonymous' });

/** The device at the other end, as far as the edge could tell. */
export interface Device {
  /** Its network address. */
  readonly address: string | null;
  readonly userAgent: string | null;
}
