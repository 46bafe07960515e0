import { tooManyDeclines } from '../domain/declines.ts';
import type { Payments } from '../domain/ports.ts';

export interface MayTryCardDeps {
  readonly payments: Pick<Payments, 'noCardUntil'>;
  readonly now: () => Date;
}

/** @throws {CodedError} RATE_LIMITED when too many of the customer's cards were declined lately */
export async function assertMayTryCard(deps: MayTryCardDeps, customerId: string): Promise<void> {
  const until = await deps.payments.noCardUntil(customerId, deps.now());
  if (until !== null) throw tooManyDeclines(until, deps.now());
}

/** The error for a card payment that was refused because of declines before it. */
export async function declinedTooOften({ payments, now }: MayTryCardDeps, customerId: string): Promise<Error> {
  const at = now();
  return tooManyDeclines((await payments.noCardUntil(customerId, at)) ?? at, at);
}
