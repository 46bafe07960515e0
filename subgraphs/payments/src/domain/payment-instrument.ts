import { badInput, notFound } from '@marquee/errors';

import type { SavedCards } from './ports.ts';

/** What the customer pays with, as the client says it: exactly one of these. */
export interface PayWith {
  readonly cardToken?: string | null | undefined;
  readonly paymentMethodId?: string | null | undefined;
  readonly wallet?: boolean | null | undefined;
}

/** What is charged: the wallet, or a card by a token that the provider understands. */
export type Instrument = { readonly kind: 'WALLET' } | { readonly kind: 'CARD'; readonly source: string };

const TOKEN = /^[\x21-\x7e]{1,200}$/;
const CARD_NUMBER = /^[\d\s-]{12,}$/;

/**
 * Finds what the customer pays with.
 *
 * @throws {CodedError} BAD_USER_INPUT for a malformed token or `wallet: false`, NOT_FOUND for a card that is not the
 * customer's
 */
export async function instrumentOf(
  cards: Pick<SavedCards, 'find'>,
  customerId: string,
  { cardToken, paymentMethodId, wallet }: PayWith,
): Promise<Instrument> {
  if (typeof cardToken === 'string') return { kind: 'CARD', source: checkedToken(cardToken, 'input.with.cardToken') };
  if (typeof paymentMethodId === 'string') {
    const card = await cards.find(paymentMethodId, customerId);
    if (!card) throw notFound('payment method');
    return { kind: 'CARD', source: card.providerRef };
  }
  if (wallet === true) return { kind: 'WALLET' };
  throw badInput('input.with', 'Choose a card or the wallet to pay with.');
}

/**
 * A token as the provider issues them. What looks like a card's number is refused before it is stored anywhere.
 *
 * @throws {CodedError} BAD_USER_INPUT
 */
export function checkedToken(token: string, field: string): string {
  if (!TOKEN.test(token) || CARD_NUMBER.test(token))
    throw badInput(field, 'Send the token that the payment provider made for the card.');
  return token;
}
