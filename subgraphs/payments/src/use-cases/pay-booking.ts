import type { IdempotencyRow } from '@marquee/database';
import type { Money } from '@marquee/money';
import { assertFreshSignIn, type RunIdempotently, type UserCaller } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import { needsFreshSignIn } from '../domain/fresh-sign-in.ts';
import { captureEntry } from '../domain/ledger.ts';
import type { PayableBooking } from '../domain/payable-booking.ts';
import { BUSY_MS, type NewPayment, type Payment } from '../domain/payment.ts';
import type { PaymentInstrument, PayWith } from '../domain/payment-instrument.ts';
import { ProviderUnavailableError } from '../domain/payment-provider.ts';
import type { PaymentRefusal, Payments, SavedCards, Wallets } from '../domain/ports.ts';
import { balanceIn } from '../domain/wallet.ts';
import { InsufficientWalletBalanceError } from '../errors.ts';
import { type ChargeCardDeps, recordCharge } from './charge-card.ts';
import { completePayment, type RequestedPayment } from './complete-payment.ts';
import { findPayableBooking, type FindPayableBookingDeps, notPayable } from './find-payable-booking.ts';
import { findPaymentInstrument } from './find-payment-instrument.ts';

export interface PayBookingDeps extends ChargeCardDeps, FindPayableBookingDeps {
  readonly payments: Pick<Payments, 'find' | 'currentOf' | 'create' | 'payFromWallet' | 'handOver'>;
  readonly cards: Pick<SavedCards, 'find'>;
  readonly wallets: Wallets;
  readonly runIdempotently: RunIdempotently;
  readonly freshSignInAmount: number;
}

export interface PayBookingInput {
  readonly caller: UserCaller;
  readonly bookingId: string;
  readonly with: PayWith;
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
 * @throws {PaymentProviderUnavailableError} when the provider is unreachable
 * @throws {CodedError} FORBIDDEN when a large amount needs a fresh sign-in
 * @throws {CodedError} as {@link findPayableBooking} and {@link findPaymentInstrument} do, and for the idempotency key
 */
export async function payBooking(deps: PayBookingDeps, input: PayBookingInput): Promise<Payment> {
  const { caller, bookingId, idempotencyKey } = input;
  const customerId = caller.userId;
  const requested = await deps.runIdempotently(
    { caller: customerId, operation: 'payBooking', key: idempotencyKey, body: { bookingId, with: input.with } },
    async (record): Promise<RequestedPayment> => {
      const booking = await findPayableBooking(deps, { bookingId, customerId });
      if (needsFreshSignIn(booking.total, input.with, deps.freshSignInAmount)) assertFreshSignIn(caller, deps.now());
      const instrument = await findPaymentInstrument(deps, customerId, input.with);
      return { payment: await createPayment(deps, booking, instrument, record), replayed: false };
    },
    async (paymentId) => ({ payment: await deps.payments.find(paymentId), replayed: true }),
  );
  return completePayment(deps, requested);
}

async function createPayment(
  deps: PayBookingDeps,
  booking: PayableBooking,
  instrument: PaymentInstrument,
  record: IdempotencyRow,
): Promise<Payment> {
  const first = await tryCreate(deps, booking, instrument, record);
  const created =
    first === 'OTHER_PAYMENT' && (await cancelPendingAction(deps, booking, instrument))
      ? await tryCreate(deps, booking, instrument, record)
      : first;
  if (created === 'OTHER_PAYMENT') throw await notPayable(deps, booking.id);
  if (created === 'INSUFFICIENT_BALANCE') throw new InsufficientWalletBalanceError(await balanceFor(deps, booking));
  return created;
}

/** The wallet's balance in the booking's currency. */
async function balanceFor({ wallets }: PayBookingDeps, { customerId, total }: PayableBooking): Promise<Money> {
  return balanceIn(await wallets.find(customerId), total.currency);
}

function tryCreate(
  { payments, provider, now }: PayBookingDeps,
  { id: bookingId, customerId, total, expiresAt }: PayableBooking,
  instrument: PaymentInstrument,
  record: IdempotencyRow,
): Promise<Payment | PaymentRefusal> {
  const createdAt = now();
  const payment: NewPayment = {
    ...{ id: newId('pay'), customerId, bookingId, createdAt },
    ...{ purpose: 'BOOKING', amount: total, deadline: expiresAt },
  };
  if (instrument.kind === 'WALLET') {
    return payments.payFromWallet(payment, captureEntry({ ...payment, method: 'WALLET' }, provider.name), record);
  }
  const busyUntil = new Date(createdAt.getTime() + BUSY_MS);
  return payments.create({ ...payment, provider: provider.name, cardSource: instrument.source, busyUntil }, record);
}

/**
 * Cancels the booking's payment that awaits an action, because the customer has chosen another instrument.
 *
 * @returns whether it is cancelled
 * @throws {InsufficientWalletBalanceError} when that instrument is a wallet that holds too little; nothing is cancelled
 */
async function cancelPendingAction(
  deps: PayBookingDeps,
  booking: PayableBooking,
  instrument: PaymentInstrument,
): Promise<boolean> {
  const current = await deps.payments.currentOf(booking.id);
  if (current?.status !== 'REQUIRES_ACTION' || current.chargeId === null) return false;
  const balance = instrument.kind === 'WALLET' ? await balanceFor(deps, booking) : null;
  if (balance && balance.amount < booking.total.amount) throw new InsufficientWalletBalanceError(balance);
  try {
    const payment = await recordCharge(deps, await deps.provider.cancelCharge(current.chargeId));
    return payment.status === 'CANCELLED';
  } catch (error) {
    if (error instanceof ProviderUnavailableError) return false;
    throw error;
  }
}
