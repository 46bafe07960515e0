import { unauthenticated } from '@marquee/errors';
import { type Caller, userIdOf } from '@marquee/subgraph';

/** The signed-in person's id. @throws {CodedError} UNAUTHENTICATED */
export function requireUser(caller: Caller): string {
  const userId = userIdOf(caller);
  if (userId === null) throw unauthenticated();
  return userId;
}
