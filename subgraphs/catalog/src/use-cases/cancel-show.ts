import type { Caller } from '@marquee/subgraph';

import { plainText } from '../domain/text.ts';
import type { Show } from '../domain/show.ts';
import { ShowNotUpcomingError } from '../errors.ts';
import { requireManagedShow, type ManagedShowDeps } from './require-managed-show.ts';

export interface CancelShowInput {
  readonly caller: Caller;
  readonly showId: string;
  readonly reason: string;
}

/**
 * Cancels a show that has not started; booking cancels and refunds its bookings. Repeating it changes nothing.
 *
 * @throws {ShowNotUpcomingError} when the show has started
 * @throws {CodedError} BAD_USER_INPUT for the reason, NOT_FOUND, FORBIDDEN when the caller does not manage the venue
 */
export async function cancelShow(deps: ManagedShowDeps, { caller, showId, reason }: CancelShowInput): Promise<Show> {
  const explanation = plainText('reason', reason, 500);
  const { show, by } = await requireManagedShow(deps, caller, showId);
  const cancelled = await deps.shows.cancel(show, { reason: explanation, at: deps.now(), by });
  const [current = show] = await deps.shows.findMany([showId]);
  if (!cancelled && !current.cancelled) throw new ShowNotUpcomingError();
  return current;
}
