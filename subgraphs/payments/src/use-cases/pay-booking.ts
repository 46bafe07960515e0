import type { IdempotencyRow } from '@marquee/database';
import type { Money } from '@marquee/money';
import { assertFreshSignIn, type RunIdempotently, type UserCaller } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import { needsFreshSignIn } from '../domain/fresh-sign-in.ts';
import { captureEntry } from '../domain/sale-entries.ts';
import type { PayableBooking } from '../domain/payable-booking.ts';
import { BUSY_MS, type Payment } from '../domain/payment.ts';
import { cardByToken, type PaymentInstrument, type PayWith } from '../domain/payment-instrument.ts';
import { ProviderUnavailableError } from '../domain/payment-provider.ts';
import type { PaymentRefusal, Payments, SavedCards, Wallets } from '../domain/ports.ts';
import { balanceIn } from '../domain/wallet.ts';
import { requireReturnUrl } from '../domain/return-url.ts';
import { InsufficientWalletBalanceError } from '../errors.ts';
import { assertMayTryCard } from './assert-may-try-card.ts';
import { type ChargeCardDeps, recordCharge } from './charge-card.ts';
import { completePayment, type RequestedPayment } from './complete-payment.ts';
import {
  findPayableBooking,
  type FindPayableBookingDeps,
  findRequestedDifference,
  notPayable,
} from './find-payable-booking.ts';
import { findPaymentInstrument } from './find-payment-instrument.ts';

export interface PayBookingDeps extends ChargeCardDeps, FindPayableBookingDeps {
  readonly payments: Pick<Payments, 'find' | 'currentOf' | 'create' | 'payFromWallet' | 'handOver' | 'noCardUntil'>;
  readonly cards: Pick<SavedCards, 'find'>;
  readonly wallets: Wallets;
  readonly runIdempotently: RunIdempotently;
  readonly freshSignInAmount: number;
  /** Sites that customers may be sent to after a payment's page. */
  readonly returnOrigins: readonly string[];
}

export interface PayBookingInput {
  readonly caller: UserCaller;
  readonly bookingId: string;
  readonly with: PayWith;
  readonly returnUrl?: string | null | undefined;
  readonly idempotencyKey: string;
}

/**
 * Pays a booking by card or from the wallet.
 *
 * A booking has at most one live or succeeded payment: a unique index decides races. A payment that only awaits its
 * customer's action is cancelled in favor of a new one.
 *
 * @throws {BookingNotPayableError} when the booking is paid, being paid or expired
 * @throws {PaymentDeclinedError} when the card is declined
 * @throws {InsufficientWalletBalanceError} when the wallet holds too little
 * @throws {AccountRestrictedError} when buying is paused for the customer
 * @throws {PaymentProviderUnavailableError} when the provider is unreachable
 * @throws {CodedError} FORBIDDEN when a large amount, or a customer who is challenged, needs a fresh sign-in, RATE_LIMITED after too many declined cards
 * @throws {CodedError} as {@link findPayableBooking} and {@link findPaymentInstrument} do, and for the idempotency key
 */
export async function payBooking(deps: PayBookingDeps, input: PayBookingInput): Promise<Payment> {
  const { caller, bookingId, idempotencyKey } = input;
  const customerId = caller.userId;
  const returnUrl = requireReturnUrl(input.returnUrl, deps.returnOrigins);
  const body = { bookingId, with: input.with, ...(returnUrl !== null && { returnUrl }) };
  const requested = await deps.runIdempotently(
    { caller: customerId, operation: 'payBooking', key: idempotencyKey, body },
    async (record): Promise<RequestedPayment> => {
      const order = await findOrder(deps, input);
      return { payment: await createPayment(deps, { ...input, returnUrl }, order, record), replayed: false };
    },
    async (paymentId) => ({ payment: await deps.payments.find(paymentId), replayed: true }),
  );
  return completePayment(deps, requested);
}

/** The means to pay the booking: a card, or the wallet, for which the price must be known. */
type Order =
  | Extract<PaymentInstrument, { kind: 'CARD' }>
  | { readonly kind: 'WALLET'; readonly booking: PayableBooking };

/** Reads the booking only where its price matters: a card token pays whatever the booking costs when it is created. */
async function findOrder(deps: PayBookingDeps, { caller, bookingId, with: payWith }: PayBookingInput): Promise<Order> {
  const customerId = caller.userId;
  if (typeof payWith.cardToken === 'string') {
    await deps.arrivals.arrival(bookingId);
    return cardByToken(payWith.cardToken);
  }
  const booking = await findPayableBooking(deps, { bookingId, customerId });
  if (needsFreshSignIn(booking.total, payWith, deps.freshSignInAmount)) assertFreshSignIn(caller, deps.now());
  const instrument = await findPaymentInstrument(deps, customerId, payWith);
  return instrument.kind === 'WALLET' ? { kind: 'WALLET', booking } : instrument;
}

async function createPayment(
  deps: PayBookingDeps,
  input: PayBookingInput,
  order: Order,
  record: IdempotencyRow,
): Promise<Payment> {
  const { bookingId, caller } = input;
  const create = () => tryCreate(deps, input, order, record);
  let created = await create();
  if (created === 'NOT_PAYABLE') {
    if (order.kind === 'CARD') await assertMayTryCard(deps, caller.userId);
    await findPayableBooking(deps, { bookingId, customerId: caller.userId });
    created = await create();
  }
  if (created === 'OTHER_PAYMENT' && (await cancelPendingAction(deps, bookingId, order))) created = await create();
  if (created === 'OTHER_PAYMENT' || created === 'NOT_PAYABLE') {
    const refusal = await notPayable(deps, bookingId);
    if ((await findRequestedDifference(deps, bookingId, refusal)) === null) throw refusal;
    created = await create();
    if (created === 'OTHER_PAYMENT' || created === 'NOT_PAYABLE') throw refusal;
  }
  if (created !== 'INSUFFICIENT_BALANCE') return created;
  throw new InsufficientWalletBalanceError(await balanceFor(deps, order));
}

/** The wallet's balance in the booking's currency. */
async function balanceFor({ wallets }: PayBookingDeps, order: Order): Promise<Money> {
  if (order.kind !== 'WALLET') throw new Error('A card has no balance');
  const { customerId, total } = order.booking;
  return balanceIn(await wallets.find(customerId), total.currency);
}

function tryCreate(
  { payments, provider, now }: PayBookingDeps,
  { bookingId, returnUrl = null, caller: { userId: customerId, authenticatedAt: signedInAt } }: PayBookingInput,
  order: Order,
  record: IdempotencyRow,
): Promise<Payment | PaymentRefusal> {
  const createdAt = now();
  const payment = { id: newId('pay'), customerId, signedInAt, bookingId, createdAt };
  if (order.kind === 'CARD') {
    const busyUntil = new Date(createdAt.getTime() + BUSY_MS);
    const card = { provider: provider.name, cardSource: order.source, returnUrl, busyUntil };
    return payments.create({ ...payment, ...card }, record);
  }
  const { total: amount, sale, expiresAt: deadline } = order.booking;
  const fromWallet = { ...payment, purpose: 'BOOKING', amount, sale, deadline } as const;
  return payments.payFromWallet(fromWallet, captureEntry({ ...fromWallet, method: 'WALLET' }, provider.name), record);
}

/**
 * Cancels the booking's payment that awaits an action, because the customer has chosen another instrument.
 *
 * @returns whether it is cancelled
 * @throws {InsufficientWalletBalanceError} when that instrument is a wallet that holds too little; nothing is cancelled
 */
async function cancelPendingAction(deps: PayBookingDeps, bookingId: string, order: Order): Promise<boolean> {
  const current = await deps.payments.currentOf(bookingId);
  if (current?.status !== 'REQUIRES_ACTION' || current.chargeId === null) return false;
  await assertCovered(deps, order);
  try {
    const payment = await recordCharge(deps, await deps.provider.cancelCharge(current.chargeId), current);
    return payment.status === 'CANCELLED';
  } catch (error) {
    if (error instanceof ProviderUnavailableError) return false;
    throw error;
  }
}

async function assertCovered(deps: PayBookingDeps, order: Order): Promise<void> {
  if (order.kind === 'CARD') return;
  const balance = await balanceFor(deps, order);
  if (balance.amount < order.booking.total.amount) throw new InsufficientWalletBalanceError(balance);
}
