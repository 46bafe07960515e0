import { notFound } from '@marquee/errors';

import type { PushEndpoints } from '../domain/ports.ts';

export interface UnregisterPushEndpointDeps {
  readonly pushEndpoints: Pick<PushEndpoints, 'remove'>;
}

/** Ends a person's endpoint, with what waits to be pushed to it. @throws {CodedError} NOT_FOUND unless it is theirs */
export async function unregisterPushEndpoint(
  { pushEndpoints }: UnregisterPushEndpointDeps,
  { userId, id }: { userId: string; id: string },
): Promise<void> {
  if (!(await pushEndpoints.remove(userId, id))) throw notFound('push endpoint');
}
