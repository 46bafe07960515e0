import { unauthenticated } from '@marquee/errors';
import { type Caller, type UserCaller } from '@marquee/subgraph';

/** The caller of a field that is for signed-in people. @throws UNAUTHENTICATED when it is none */
export function signedInCaller(caller: Caller): UserCaller {
  if (caller.kind !== 'user') throw unauthenticated();
  return caller;
}
