import { badInput, notFound } from '@marquee/errors';
import type { UserCaller } from '@marquee/subgraph';

import type { Mandate } from '../../domain/billing/mandate.ts';
import { type PayWith, requireCardToken } from '../../domain/payment-instrument.ts';
import type { SavedCards } from '../../domain/ports.ts';
import { savePaymentMethod, type SavePaymentMethodDeps } from '../save-payment-method.ts';

export interface MandateInstrumentDeps extends SavePaymentMethodDeps {
  readonly cards: Pick<SavedCards, 'add' | 'assertMayAdd' | 'find' | 'ofCustomers'>;
}

/**
 * The instrument that a mandate charges. A card that is given by its token is saved with the customer's cards first.
 *
 * @throws {CardRejectedError} when the provider refuses the card
 * @throws {AccountRestrictedError} when a card is saved while buying is paused for the customer
 * @throws {PaymentProviderUnavailableError} when the provider is unreachable
 * @throws {CodedError} BAD_USER_INPUT, FORBIDDEN when a card is saved without a fresh sign-in, NOT_FOUND for a card that
 * is not the customer's
 */
export async function mandateInstrument(
  deps: MandateInstrumentDeps,
  caller: UserCaller,
  { cardToken, paymentMethodId, wallet }: PayWith,
): Promise<Pick<Mandate, 'method' | 'paymentMethodId'>> {
  if (typeof cardToken === 'string') {
    requireCardToken(cardToken, 'input.with.cardToken');
    const card = await savePaymentMethod(deps, { caller, cardToken, makeDefault: false });
    return { method: 'CARD', paymentMethodId: card.id };
  }
  if (typeof paymentMethodId === 'string') {
    if (!(await deps.cards.find(paymentMethodId, caller.userId))) throw notFound('payment method');
    return { method: 'CARD', paymentMethodId };
  }
  if (wallet === true) return { method: 'WALLET', paymentMethodId: null };
  throw badInput('input.with', 'Choose a card or the wallet to pay with.');
}
