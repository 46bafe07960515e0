import { CodedError, notFound } from '@marquee/errors';

import type { Shows } from '../domain/ports.ts';
import type { Show } from '../domain/show.ts';
import { ShowClosedError } from '../errors.ts';

export interface ShowOnSaleDeps {
  readonly shows: Pick<Shows, 'find' | 'remembered'>;
  readonly now: () => Date;
}

/** @throws {ShowClosedError} when the show has begun or is cancelled */
export function assertOnSale({ cancelledAt, startsAt }: Pick<Show, 'cancelledAt' | 'startsAt'>, now: Date): void {
  if (cancelledAt !== null || startsAt <= now) throw new ShowClosedError();
}

/**
 * Works on a show that is on sale: as it is remembered and, when it may have changed since, as it is now.
 *
 * @param work returns null, with nothing changed, when the show has changed since it was read
 * @throws {CodedError} NOT_FOUND
 * @throws {ShowClosedError} when the show has begun or is cancelled
 */
export async function withShowOnSale<T>(
  { shows, now }: ShowOnSaleDeps,
  id: string,
  work: (show: Show) => Promise<T | null>,
): Promise<T> {
  const workOn = async (show: Show): Promise<T | null> => {
    assertOnSale(show, now());
    return work(show);
  };
  const remembered = shows.remembered(id);
  const done = remembered && (await workOn(remembered).catch(nullWhenDecidedByShow));
  if (done) return done;
  for (;;) {
    const show = await shows.find(id);
    if (!show) throw notFound('show');
    const made = await workOn(show);
    if (made !== null) return made;
  }
}

/** What only the remembered show says (closed, no such seat, no such tier) is decided again by the show as it is. */
function nullWhenDecidedByShow(error: unknown): null {
  if (error instanceof ShowClosedError) return null;
  if (error instanceof CodedError && error.extensions.code === 'BAD_USER_INPUT') return null;
  throw error;
}
