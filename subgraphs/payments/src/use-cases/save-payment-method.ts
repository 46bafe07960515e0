import { CardRejectedError, PaymentProviderUnavailableError } from '../errors.ts';
import { checkedToken } from '../domain/payment-instrument.ts';
import {
  CardRefusedError,
  type KeptCard,
  type PaymentProvider,
  ProviderUnavailableError,
} from '../domain/payment-provider.ts';
import type { SavedCards } from '../domain/ports.ts';
import type { SavedCard } from '../domain/saved-card.ts';

export interface SavePaymentMethodDeps {
  readonly provider: PaymentProvider;
  readonly cards: SavedCards;
  readonly now: () => Date;
  readonly newPaymentMethodId: () => string;
}

export interface SavePaymentMethodInput {
  readonly customerId: string;
  readonly cardToken: string;
  readonly makeDefault: boolean;
}

/**
 * Keeps a card for later payments: the provider keeps the card, we keep its token and what a person recognises.
 *
 * @throws {CardRejectedError} when the provider does not take the card
 * @throws {PaymentProviderUnavailableError} when the provider cannot be reached
 * @throws {CodedError} BAD_USER_INPUT for what is no token
 */
export async function savePaymentMethod(
  deps: SavePaymentMethodDeps,
  input: SavePaymentMethodInput,
): Promise<SavedCard> {
  const { customerId, makeDefault } = input;
  const kept = await keepCard(deps.provider, checkedToken(input.cardToken, 'input.cardToken'));
  const card = { ...kept, id: deps.newPaymentMethodId(), customerId, provider: deps.provider.name };
  return deps.cards.add({ ...card, createdAt: deps.now() }, makeDefault);
}

async function keepCard(provider: PaymentProvider, cardToken: string): Promise<KeptCard> {
  try {
    return await provider.keepCard(cardToken);
  } catch (error) {
    if (error instanceof CardRefusedError) throw new CardRejectedError(error.declineCode);
    if (error instanceof ProviderUnavailableError) throw new PaymentProviderUnavailableError();
    throw error;
  }
}
