import { notFound } from '@marquee/errors';
import { assertFreshSignIn, type UserCaller } from '@marquee/subgraph';

import type { ProviderIdentities } from '../domain/ports.ts';
import type { User } from '../domain/user.ts';
import { announceChange, type AnnounceChangeDeps } from './announce-change.ts';

export interface UnlinkProviderDeps extends AnnounceChangeDeps {
  readonly identities: Pick<ProviderIdentities, 'unlink'>;
  readonly now: () => Date;
}

/**
 * Unlinks a provider. Other sessions end.
 *
 * @throws {CodedError} FORBIDDEN when the sign-in is not fresh, or it is the last way to sign in; NOT_FOUND
 */
export async function unlinkProvider(deps: UnlinkProviderDeps, caller: UserCaller, provider: string): Promise<User> {
  const at = deps.now();
  assertFreshSignIn(caller, at);
  const { userId, sessionId: keep } = caller;
  const unlinked = await deps.identities.unlink({ provider, userId, keep, at });
  if (unlinked === null) throw notFound('linked provider');
  await announceChange(deps, { by: caller, detail: 'PROVIDER_UNLINKED', ended: unlinked.ended, at });
  return unlinked.user;
}
