import { badInput } from '@marquee/errors';

import type { ChargeCardDeps } from './charge-card.ts';
import { instrumentOf, type PayWith } from '../domain/payment-instrument.ts';
import type { Money } from '../domain/money.ts';
import type { Payment } from '../domain/payment.ts';
import { type Begun, finish } from './complete-payment.ts';
import type { Once, Payments, SavedCards } from '../domain/ports.ts';

export interface TopUpWalletDeps extends ChargeCardDeps {
  readonly payments: Pick<Payments, 'beginTopUp' | 'find' | 'release'>;
  readonly cards: SavedCards;
  readonly once: Once;
  readonly now: () => Date;
  readonly newPaymentId: () => string;
  /** For how long a request may wait for the provider, in milliseconds. */
  readonly busyMs: number;
}

export interface TopUpWalletInput {
  readonly customerId: string;
  readonly amount: Money;
  readonly with: PayWith;
  readonly idempotencyKey: string;
}

/** The most that one top-up adds, in minor units of any currency. */
const MOST = 100_000_000;
/** The most that a wallet is topped up to: far enough from what an amount can express for refunds to come on top. */
const FULLEST = 1_000_000_000;
/** How long the customer has to complete a top-up that requires an action, in milliseconds. */
const TIME_TO_ACT_MS = 3_600_000;
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/**
 * Adds money from a card to the customer's wallet.
 *
 * @throws {PaymentDeclinedError} when the card is declined
 * @throws {PaymentProviderUnavailableError} when the provider cannot be reached
 * @throws {CodedError} BAD_USER_INPUT, NOT_FOUND for a card that is not the customer's, and for the key
 */
export async function topUpWallet(deps: TopUpWalletDeps, input: TopUpWalletInput): Promise<Payment> {
  const { customerId, amount, idempotencyKey } = input;
  assertSensible(amount);
  const begun = await deps.once(
    { caller: customerId, operation: 'topUpWallet', key: idempotencyKey, body: { amount, with: input.with } },
    async (key): Promise<Begun> => {
      const instrument = await instrumentOf(deps.cards, customerId, input.with);
      if (instrument.kind === 'WALLET') throw badInput('input.with.wallet', 'A wallet cannot top up itself.');
      const createdAt = deps.now();
      const payment = await deps.payments.beginTopUp(
        {
          id: deps.newPaymentId(),
          ...{ customerId, amount, createdAt },
          ...{ purpose: 'WALLET_TOP_UP', bookingId: null },
          deadline: new Date(createdAt.getTime() + TIME_TO_ACT_MS),
          provider: deps.provider.name,
          cardSource: instrument.source,
          busyUntil: new Date(createdAt.getTime() + deps.busyMs),
        },
        FULLEST,
        key,
      );
      if (payment === 'TOO_MUCH') throw badInput('input.amount.amount', 'This is more than a wallet holds.');
      return { payment, again: false };
    },
    async (paymentId) => ({ payment: await deps.payments.find(paymentId), again: true }),
  );
  return finish(deps, begun);
}

function assertSensible({ amount, currency }: Money): void {
  if (amount <= 0) throw badInput('input.amount.amount', 'Add a positive amount.');
  if (amount > MOST) throw badInput('input.amount.amount', 'This is more than a wallet takes at once.');
  if (!CURRENCIES.has(currency)) throw badInput('input.amount.currency', 'Name the currency by its ISO 4217 code.');
}
