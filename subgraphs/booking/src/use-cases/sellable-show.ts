import { notFound } from '@marquee/errors';

import { ShowClosedError } from '../errors.ts';
import type { Shows } from '../domain/ports.ts';
import type { Show } from '../domain/show.ts';

/**
 * @throws {CodedError} NOT_FOUND when there is no such show
 * @throws {ShowClosedError} when it has begun
 */
export async function sellableShow(deps: { shows: Shows; now: () => Date }, id: string): Promise<Show> {
  const show = await deps.shows.find(id);
  if (!show) throw notFound('show');
  if (show.startsAt <= deps.now()) throw new ShowClosedError();
  return show;
}
