import { badInput } from '@marquee/errors';

/** The instrument as the client names it: exactly one field is set. */
export interface PayWith {
  readonly cardToken?: string | null | undefined;
  readonly paymentMethodId?: string | null | undefined;
  readonly wallet?: boolean | null | undefined;
}

/** The wallet, or a card by a token that the provider can charge. */
export type PaymentInstrument = { readonly kind: 'WALLET' } | { readonly kind: 'CARD'; readonly source: string };

/** A card that is not saved. @throws {CodedError} BAD_USER_INPUT */
export function cardByToken(token: string): Extract<PaymentInstrument, { kind: 'CARD' }> {
  return { kind: 'CARD', source: requireCardToken(token, 'input.with.cardToken') };
}

/** Of a card that was just entered. A provider's name of a saved card, such as `card_1` or `cus_1/pm_1`, is none. */
const TOKEN = /^(tok|pm)_\w{1,190}$/;

/**
 * A token by which the provider knows a card that a client sent to it. Anything else is refused before it can be stored,
 * logged or charged: a card number, or somebody's saved card.
 *
 * @throws {CodedError} BAD_USER_INPUT
 */
export function requireCardToken(token: string, field: string): string {
  if (!TOKEN.test(token)) throw badInput(field, 'Send the card token issued by the payment provider.');
  return token;
}
