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

const TOKEN = /^[\x21-\x7e]{1,200}$/;
const CARD_NUMBER = /^[\d\s-]{12,}$/;

/**
 * A well-formed provider token. Anything that looks like a card number is refused before it can be stored or logged.
 *
 * @throws {CodedError} BAD_USER_INPUT
 */
export function requireCardToken(token: string, field: string): string {
  if (!TOKEN.test(token) || CARD_NUMBER.test(token))
    throw badInput(field, 'Send the card token issued by the payment provider.');
  return token;
}
