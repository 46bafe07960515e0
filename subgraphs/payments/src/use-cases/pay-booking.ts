import { InsufficientWalletBalanceError } from '../errors.ts';
import { type ChargeCardDeps, takeDown } from './charge-card.ts';
import { type Instrument, instrumentOf, type PayWith } from '../domain/payment-instrument.ts';
import { captureEntry } from '../domain/ledger.ts';
import type { Money } from '../domain/money.ts';
import { notPayable, type PayableBooking, payableBooking, type PayableBookingDeps } from '../domain/payable-booking.ts';
import type { NewPayment, Payment } from '../domain/payment.ts';
import { ProviderUnavailableError } from '../domain/payment-provider.ts';
import { type Begun, finish } from './complete-payment.ts';
import type { NotBegun, Once, Payments, RequestKey, SavedCards, Wallets } from '../domain/ports.ts';

export interface PayBookingDeps extends ChargeCardDeps, PayableBookingDeps {
  readonly payments: Payments;
  readonly cards: SavedCards;
  readonly wallets: Wallets;
  readonly once: Once;
  readonly newPaymentId: () => string;
  /** For how long a request may wait for the provider, in milliseconds. */
  readonly busyMs: number;
}

export interface PayBookingInput {
  readonly customerId: string;
  readonly bookingId: string;
  readonly with: PayWith;
  readonly idempotencyKey: string;
}

/**
 * Pays a booking. Its price and its customer are what booking says.
 *
 * At most one payment of a booking is live or has succeeded: an index decides between two that race. One that only
 * waits for its customer to act is given up for a new one.
 *
 * @throws {BookingNotPayableError} when the booking is paid, being paid or over
 * @throws {PaymentDeclinedError} when the card is declined
 * @throws {InsufficientWalletBalanceError} when the wallet holds too little
 * @throws {PaymentProviderUnavailableError} when the provider cannot be reached
 * @throws {CodedError} as {@link payableBooking} and {@link instrumentOf} do, and for the key
 */
export async function payBooking(deps: PayBookingDeps, input: PayBookingInput): Promise<Payment> {
  const { customerId, bookingId, idempotencyKey } = input;
  const begun = await deps.once(
    { caller: customerId, operation: 'payBooking', key: idempotencyKey, body: { bookingId, with: input.with } },
    async (key): Promise<Begun> => {
      const booking = await payableBooking(deps, { bookingId, customerId });
      const instrument = await instrumentOf(deps.cards, customerId, input.with);
      return { payment: await beginPayment(deps, booking, instrument, key), again: false };
    },
    async (paymentId) => ({ payment: await deps.payments.find(paymentId), again: true }),
  );
  return finish(deps, begun);
}

async function beginPayment(
  deps: PayBookingDeps,
  booking: PayableBooking,
  instrument: Instrument,
  key: RequestKey,
): Promise<Payment> {
  const first = await tryToBegin(deps, booking, instrument, key);
  const begun =
    first === 'OTHER_PAYMENT' && (await giveUpWaiting(deps, booking, instrument))
      ? await tryToBegin(deps, booking, instrument, key)
      : first;
  if (begun === 'OTHER_PAYMENT') throw await notPayable(deps, booking.id);
  if (begun === 'TOO_LITTLE') throw new InsufficientWalletBalanceError(await balanceFor(deps, booking));
  return begun;
}

/** What the wallet holds in the booking's currency. */
function balanceFor({ wallets }: Pick<PayBookingDeps, 'wallets'>, booking: PayableBooking): Promise<Money> {
  return wallets.balance(booking.customerId, booking.total.currency);
}

function tryToBegin(
  deps: PayBookingDeps,
  { id: bookingId, customerId, total, expiresAt }: PayableBooking,
  instrument: Instrument,
  key: RequestKey,
): Promise<Payment | NotBegun> {
  const createdAt = deps.now();
  const payment: NewPayment = {
    id: deps.newPaymentId(),
    ...{ customerId, bookingId, createdAt },
    purpose: 'BOOKING',
    amount: total,
    deadline: expiresAt,
  };
  if (instrument.kind === 'WALLET') {
    const entry = captureEntry({ ...payment, method: 'WALLET' }, deps.provider.name);
    return deps.payments.payFromWallet(payment, entry, key);
  }
  const busyUntil = new Date(createdAt.getTime() + deps.busyMs);
  const provider = deps.provider.name;
  return deps.payments.begin({ ...payment, provider, cardSource: instrument.source, busyUntil }, key);
}

/**
 * Gives up a payment that waits for its customer to act, who now chose another way.
 *
 * @returns whether it is given up
 * @throws {InsufficientWalletBalanceError} when the other way is a wallet that holds too little: nothing is given up
 */
async function giveUpWaiting(deps: PayBookingDeps, booking: PayableBooking, instrument: Instrument): Promise<boolean> {
  const current = await deps.payments.currentOf(booking.id);
  if (current?.status !== 'REQUIRES_ACTION' || current.chargeId === null) return false;
  const balance = instrument.kind === 'WALLET' ? await balanceFor(deps, booking) : null;
  if (balance && balance.amount < booking.total.amount) throw new InsufficientWalletBalanceError(balance);
  try {
    const payment = await takeDown(deps, await deps.provider.cancelCharge(current.chargeId));
    return payment.status === 'CANCELLED';
  } catch (error) {
    if (error instanceof ProviderUnavailableError) return false;
    throw error;
  }
}
