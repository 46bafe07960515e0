import type { Caller } from '@marquee/identity';

export {
  ANONYMOUS,
  type AnonymousCaller,
  type Caller,
  type Device,
  type ServiceCaller,
  type UserCaller,
} from '@marquee/identity';

/** Whether the caller's token carries the scope. */
export function hasScope(caller: Caller, scope: string): boolean {
  return caller.kind === 'user' && caller.scopes.includes(scope);
}

/** The signed-in person's id, or null. */
export function userIdOf(caller: Caller): string | null {
  return caller.kind === 'user' ? caller.userId : null;
}
