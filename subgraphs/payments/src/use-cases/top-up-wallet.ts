import { badInput } from '@marquee/errors';
import { formatMoney, type Money } from '@marquee/money';
import { assertFreshSignIn, type RunIdempotently, type UserCaller } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import { needsFreshSignIn } from '../domain/fresh-sign-in.ts';
import { BUSY_MS, type NewCardPayment, type NewTopUp, type Payment } from '../domain/payment.ts';
import type { PayWith } from '../domain/payment-instrument.ts';
import type { Payments, SavedCards } from '../domain/ports.ts';
import { requireReturnUrl } from '../domain/return-url.ts';
import { assertTopUpAmount, MAX_BALANCE } from '../domain/top-up-limits.ts';
import { declinedTooOften } from './assert-may-try-card.ts';
import type { ChargeCardDeps } from './charge-card.ts';
import { completePayment, type RequestedPayment } from './complete-payment.ts';
import { findPaymentInstrument } from './find-payment-instrument.ts';

export interface TopUpWalletDeps extends ChargeCardDeps {
  readonly payments: Pick<Payments, 'createTopUp' | 'find' | 'handOver' | 'noCardUntil'>;
  readonly cards: Pick<SavedCards, 'find'>;
  readonly runIdempotently: RunIdempotently;
  readonly freshSignInAmount: number;
  /** Sites that customers may be sent to after a payment's page. */
  readonly returnOrigins: readonly string[];
}

export interface TopUpWalletInput {
  readonly caller: UserCaller;
  readonly amount: Money;
  readonly with: PayWith;
  readonly returnUrl?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Time to complete a top-up that requires an action, in milliseconds. */
const ACTION_TIMEOUT_MS = 3_600_000;

/**
 * Adds money from a card to the customer's wallet.
 *
 * @throws {PaymentDeclinedError} when the card is declined
 * @throws {AccountRestrictedError} when buying is paused for the customer
 * @throws {PaymentProviderUnavailableError} when the provider is unreachable
 * @throws {CodedError} FORBIDDEN when a large amount from a saved card, or a customer who is challenged, needs a fresh
 * sign-in, RATE_LIMITED after too many declined cards
 * @throws {CodedError} BAD_USER_INPUT, NOT_FOUND for a card that is not the customer's, and for the idempotency key
 */
export async function topUpWallet(deps: TopUpWalletDeps, input: TopUpWalletInput): Promise<Payment> {
  const { caller, amount, idempotencyKey } = input;
  const customerId = caller.userId;
  assertTopUpAmount(amount);
  const returnUrl = requireReturnUrl(input.returnUrl, deps.returnOrigins);
  const body = { amount, with: input.with, ...(returnUrl !== null && { returnUrl }) };
  const requested = await deps.runIdempotently(
    { caller: customerId, operation: 'topUpWallet', key: idempotencyKey, body },
    async (record): Promise<RequestedPayment> => {
      if (needsFreshSignIn(amount, input.with, deps.freshSignInAmount)) assertFreshSignIn(caller, deps.now());
      const instrument = await findPaymentInstrument(deps, customerId, input.with);
      if (instrument.kind === 'WALLET') throw badInput('input.with.wallet', 'Choose a card to top up the wallet.');
      const payment = await deps.payments.createTopUp(
        newTopUp(deps, input, { cardSource: instrument.source, returnUrl }),
        MAX_BALANCE,
        record,
      );
      if (payment === 'MAX_BALANCE_EXCEEDED') throw maxBalanceExceeded(amount);
      if (payment === 'DECLINED_TOO_OFTEN') throw await declinedTooOften(deps, customerId);
      return { payment, replayed: false };
    },
    async (paymentId) => ({ payment: await deps.payments.find(paymentId), replayed: true }),
  );
  return completePayment(deps, requested);
}

function newTopUp(
  { provider, now }: TopUpWalletDeps,
  { caller, amount }: TopUpWalletInput,
  card: Pick<NewCardPayment, 'cardSource' | 'returnUrl'>,
): NewTopUp {
  const createdAt = now();
  return {
    ...{ id: newId('pay'), customerId: caller.userId, signedInAt: caller.authenticatedAt, amount, createdAt },
    ...{ purpose: 'WALLET_TOP_UP', bookingId: null, sale: null },
    ...{ provider: provider.name, ...card },
    deadline: new Date(createdAt.getTime() + ACTION_TIMEOUT_MS),
    busyUntil: new Date(createdAt.getTime() + BUSY_MS),
  };
}

function maxBalanceExceeded({ currency }: Money): Error {
  const most = formatMoney({ amount: MAX_BALANCE, currency });
  return badInput('input.amount.amount', `The most a wallet can hold is ${most}. Enter a smaller amount.`);
}
