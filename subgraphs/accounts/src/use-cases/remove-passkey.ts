import { notFound } from '@marquee/errors';
import { assertFreshSignIn, type UserCaller } from '@marquee/subgraph';

import type { PasskeyChanges } from '../domain/ports.ts';
import { announceChange, type AnnounceChangeDeps } from './announce-change.ts';

export interface RemovePasskeyDeps extends AnnounceChangeDeps {
  readonly passkeyChanges: Pick<PasskeyChanges, 'remove'>;
  readonly now: () => Date;
}

/**
 * Removes a passkey. Other sessions end.
 *
 * @throws {CodedError} FORBIDDEN when the sign-in is not fresh, or it is the last way to sign in; NOT_FOUND
 */
export async function removePasskey(deps: RemovePasskeyDeps, caller: UserCaller, id: string): Promise<void> {
  const at = deps.now();
  assertFreshSignIn(caller, at);
  const { userId, sessionId: keep } = caller;
  const ended = await deps.passkeyChanges.remove({ id, userId, keep, at });
  if (ended === null) throw notFound('passkey');
  await announceChange(deps, { by: caller, detail: 'PASSKEY_REMOVED', ended, at });
}
