import { badInput, notFound } from '@marquee/errors';

import { cardByToken, type PaymentInstrument, type PayWith } from '../domain/payment-instrument.ts';
import type { SavedCards } from '../domain/ports.ts';

export interface FindPaymentInstrumentDeps {
  readonly cards: Pick<SavedCards, 'find'>;
}

/**
 * Finds the instrument the customer chose.
 *
 * @throws {CodedError} BAD_USER_INPUT for a malformed token or `wallet: false`, NOT_FOUND for a card that is not the
 * customer's
 */
export async function findPaymentInstrument(
  { cards }: FindPaymentInstrumentDeps,
  customerId: string,
  { cardToken, paymentMethodId, wallet }: PayWith,
): Promise<PaymentInstrument> {
  if (typeof cardToken === 'string') return cardByToken(cardToken);
  if (typeof paymentMethodId === 'string') {
    const card = await cards.find(paymentMethodId, customerId);
    if (!card) throw notFound('payment method');
    return { kind: 'CARD', source: card.providerRef };
  }
  if (wallet === true) return { kind: 'WALLET' };
  throw badInput('input.with', 'Choose a card or the wallet to pay with.');
}
