import { notFound } from '@marquee/errors';

import type { SavedCards } from '../domain/ports.ts';
import { isExpired, type SavedCard } from '../domain/saved-card.ts';
import { CardExpiredError } from '../errors.ts';

export interface SetDefaultPaymentMethodDeps {
  readonly cards: Pick<SavedCards, 'find' | 'makeDefault'>;
  readonly now: () => Date;
}

/**
 * Makes a saved card the customer's default.
 *
 * @throws {CardExpiredError}
 * @throws {CodedError} NOT_FOUND for a card that is not the customer's
 */
export async function setDefaultPaymentMethod(
  { cards, now }: SetDefaultPaymentMethodDeps,
  { id, customerId }: { readonly id: string; readonly customerId: string },
): Promise<SavedCard> {
  const found = await cards.find(id, customerId);
  if (found && isExpired(found, now())) throw new CardExpiredError();
  const card = found && (await cards.makeDefault(id, customerId));
  if (!card) throw notFound('payment method');
  return card;
}
