import { unauthenticated } from '@marquee/errors';
import { type Caller, hasScope, userIdOf } from '@marquee/subgraph';

import type { Viewer } from '../access.ts';
import { SEE_PAYMENTS } from '../permissions.ts';

/** The signed-in person's id. @throws {CodedError} UNAUTHENTICATED */
export function customerOf(caller: Caller): string {
  const userId = userIdOf(caller);
  if (userId === null) throw unauthenticated();
  return userId;
}

/** What the caller may see of payments. */
export function viewerOf(caller: Caller): Viewer {
  return { userId: userIdOf(caller), seesAll: hasScope(caller, SEE_PAYMENTS) };
}
