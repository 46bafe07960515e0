import { badInput } from '@marquee/errors';
import { assertFreshSignIn, type UserCaller } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import { requireCardToken } from '../domain/payment-instrument.ts';
import {
  type PaymentProvider,
  ProviderRefusedError,
  ProviderUnavailableError,
  type StoredCard,
} from '../domain/payment-provider.ts';
import type { SavedCards } from '../domain/ports.ts';
import type { SavedCard } from '../domain/saved-card.ts';
import { CardRejectedError, PaymentProviderUnavailableError } from '../errors.ts';

/** The most cards that a customer may have saved. */
const MAX_CARDS = 20;

export interface SavePaymentMethodDeps {
  readonly provider: PaymentProvider;
  readonly cards: Pick<SavedCards, 'add' | 'assertMayAdd' | 'ofCustomers'>;
  readonly now: () => Date;
}

export interface SavePaymentMethodInput {
  readonly caller: UserCaller;
  readonly cardToken: string;
  readonly makeDefault: boolean;
}

/**
 * Saves a card for later payments. The provider stores the card; we store its token and what a person recognizes it by.
 *
 * @throws {CardRejectedError} when the provider refuses the card
 * @throws {PaymentProviderUnavailableError} when the provider is unreachable
 * @throws {AccountRestrictedError} when buying is paused for the customer; the provider has not seen the card then
 * @throws {CodedError} FORBIDDEN when the sign-in is not fresh
 * @throws {CodedError} BAD_USER_INPUT for a malformed token, and for a customer who has too many cards
 */
export async function savePaymentMethod(
  { provider, cards, now }: SavePaymentMethodDeps,
  { caller, cardToken, makeDefault }: SavePaymentMethodInput,
): Promise<SavedCard> {
  assertFreshSignIn(caller, now());
  await cards.assertMayAdd(caller.userId);
  if ((await cards.ofCustomers([caller.userId])).length >= MAX_CARDS)
    throw badInput('input.cardToken', `You have ${MAX_CARDS} saved cards. Remove one of them first.`);
  const stored = await storeCard(provider, requireCardToken(cardToken, 'input.cardToken'));
  const card = { ...stored, id: newId('pmt'), customerId: caller.userId, provider: provider.name, createdAt: now() };
  return cards.add(card, makeDefault);
}

async function storeCard(provider: PaymentProvider, cardToken: string): Promise<StoredCard> {
  try {
    return await provider.storeCard(cardToken);
  } catch (error) {
    if (error instanceof ProviderRefusedError) throw new CardRejectedError(error.code);
    if (error instanceof ProviderUnavailableError) throw new PaymentProviderUnavailableError();
    throw error;
  }
}
