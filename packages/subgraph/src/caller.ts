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

export type Caller = AnonymousCaller | UserCaller | ServiceCaller;

export const ANONYMOUS: AnonymousCaller = { kind: 'anonymous' };

/** Whether the caller's token carries the scope. */
export function hasScope(caller: Caller, scope: string): boolean {
  return caller.kind === 'user' && caller.scopes.includes(scope);
}

/** The signed-in person's id, or null. */
export function userIdOf(caller: Caller): string | null {
  return caller.kind === 'user' ? caller.userId : null;
}
