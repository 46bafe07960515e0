import { CodedError, notFound } from '@marquee/errors';

import type { Shows } from '../domain/ports.ts';
import type { Show } from '../domain/show.ts';
import { AdmissionRequiredError, ShowClosedError } from '../errors.ts';

export interface ShowOnSaleDeps {
  readonly shows: Pick<Shows, 'find' | 'remembered'>;
  readonly now: () => Date;
}

/** Verifies the tokens of a waiting room. */
export interface AdmissionCheck {
  admits(token: string, admitted: { showId: string; customerId: string }): boolean;
}

/** Whether the show has begun or is cancelled. */
export function isOver({ cancelledAt, startsAt }: Pick<Show, 'cancelledAt' | 'startsAt'>, now: Date): boolean {
  return cancelledAt !== null || startsAt <= now;
}

/** @throws {ShowClosedError} when the show has begun or is cancelled */
export function assertNotOver(show: Pick<Show, 'cancelledAt' | 'startsAt'>, now: Date): void {
  if (isOver(show, now)) throw new ShowClosedError();
}

/** @throws {ShowClosedError} when the show has begun, is cancelled, or its sales are not open yet */
export function assertOnSale(show: Show, now: Date): void {
  assertNotOver(show, now);
  const { salesOpenAt } = show;
  if (salesOpenAt !== null && salesOpenAt > now) throw ShowClosedError.notYet();
}

/** @throws {AdmissionRequiredError} when the show has a waiting room that has not admitted the customer */
export function assertAdmitted(
  { admissionTokens }: { readonly admissionTokens: AdmissionCheck },
  { id: showId, highDemand }: Show,
  { customerId, token }: { readonly customerId: string; readonly token: string | null | undefined },
): void {
  if (highDemand && !admissionTokens.admits(token ?? '', { showId, customerId })) throw new AdmissionRequiredError();
}

/**
 * Works on a show that is on sale: as it is remembered and, when it may have changed since, as it is now.
 *
 * @param work returns null, with nothing changed, when the show has changed since it was read
 * @throws {CodedError} NOT_FOUND
 * @throws {ShowClosedError} when the show has begun, is cancelled, or its sales are not open yet
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

/** Refusals by the remembered show alone (closed, high demand, no such seat or tier) are decided by the show as it is. */
function nullWhenDecidedByShow(error: unknown): null {
  if (error instanceof ShowClosedError || error instanceof AdmissionRequiredError) return null;
  if (error instanceof CodedError && error.extensions.code === 'BAD_USER_INPUT') return null;
  throw error;
}
