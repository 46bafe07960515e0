import type { Money } from '@marquee/money';

import type { ProviderCharge, ProviderRefund } from './payment-provider.ts';
import type { Refund } from './refund.ts';
import type { Payment, SettleablePayment } from './payment.ts';

export type PaymentReviewKind =
  /** The provider captured a charge of no payment that we know. */
  | 'UNKNOWN_CHARGE'
  /** The provider captured a second charge of a payment. */
  | 'DUPLICATE_CHARGE'
  | 'AMOUNT_DIFFERS'
  /** We have captured what the provider says it has not. */
  | 'STATUS_DIFFERS'
  /** We have captured what the provider does not know. */
  | 'MISSING_CHARGE'
  | 'UNKNOWN_REFUND'
  | 'REFUND_DIFFERS'
  | 'MISSING_REFUND'
  /** The provider refused a refund for good. */
  | 'REFUND_FAILED'
  /** A rule asked for more than was left of the payment, and refunded what was. */
  | 'REFUND_EXCEEDS_PAYMENT';

/** The status and the amount on one side. */
export interface ReviewSide {
  readonly status: string;
  readonly amount: Money;
}

/** A difference between our books and the provider's. */
export interface Finding {
  readonly kind: PaymentReviewKind;
  /** The provider's id of the charge or refund; ours where the provider has none. */
  readonly subject: string;
  readonly paymentId: string | null;
  readonly refundId: string | null;
  readonly chargeId: string | null;
  readonly ours: ReviewSide | null;
  readonly theirs: ReviewSide | null;
}

export type PaymentReviewStatus = 'OPEN' | 'DECIDED' | 'CLOSED';
export type PaymentReviewOutcome = 'REFUND' | 'ACCEPT' | 'WRITE_OFF';

/** A staff member's decision. */
export interface PaymentReviewDecision {
  readonly outcome: PaymentReviewOutcome;
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedAt: Date;
}

/** A difference on which staff must decide. A decision that cannot be carried out opens it again. */
export interface PaymentReview extends Finding {
  readonly id: string;
  readonly status: PaymentReviewStatus;
  /** Why the last decision could not be carried out. */
  readonly failure: string | null;
  readonly createdAt: Date;
  /** Oldest first. */
  readonly decisions: readonly PaymentReviewDecision[];
}

/** The cases in which there is money to give back: of a charge to its card, of a failed refund to the wallet. */
const REFUNDABLE: ReadonlySet<PaymentReviewKind> = new Set([
  'UNKNOWN_CHARGE',
  'DUPLICATE_CHARGE',
  'AMOUNT_DIFFERS',
  'REFUND_FAILED',
]);

export function canRefund({ kind }: Pick<Finding, 'kind'>): boolean {
  return REFUNDABLE.has(kind);
}

/** The money that the provider has beyond ours, negative when it has less; null when the books do not differ by an amount. */
export function differenceOf({ kind, ours, theirs }: Finding): Money | null {
  switch (kind) {
    case 'UNKNOWN_CHARGE':
    case 'DUPLICATE_CHARGE':
      return minus(theirs, null);
    case 'AMOUNT_DIFFERS':
      return minus(theirs, ifTaken(ours));
    case 'STATUS_DIFFERS':
    case 'MISSING_CHARGE':
    case 'UNKNOWN_REFUND':
      return minus(null, ours ?? theirs);
    case 'MISSING_REFUND':
      return minus(ours, null);
    case 'REFUND_DIFFERS':
      return minus(ifTaken(ours), ifTaken(theirs));
    case 'REFUND_FAILED':
    case 'REFUND_EXCEEDS_PAYMENT':
      return null;
  }
}

function ifTaken(side: ReviewSide | null): ReviewSide | null {
  return side?.status === 'SUCCEEDED' ? side : null;
}

/** Null when nothing remains, or when the currencies differ. */
function minus(one: ReviewSide | null, other: ReviewSide | null): Money | null {
  const currency = (one ?? other)?.amount.currency;
  if (currency === undefined || (one && other && one.amount.currency !== other.amount.currency)) return null;
  const amount = (one?.amount.amount ?? 0) - (other?.amount.amount ?? 0);
  return amount === 0 ? null : { amount, currency };
}

/** Compares a charge with the payment it refers to, which has been settled by it. */
export function compareCharge(charge: ProviderCharge, payment: SettleablePayment | null): Finding | null {
  const kind = payment ? chargeDifference(charge, payment) : charge.status === 'SUCCEEDED' ? 'UNKNOWN_CHARGE' : null;
  return kind && chargeFinding(kind, charge, payment);
}

function chargeDifference(
  { id, status, amount }: ProviderCharge,
  payment: SettleablePayment,
): PaymentReviewKind | null {
  const taken = status === 'SUCCEEDED';
  if (payment.captured && payment.chargeId !== id) return taken ? 'DUPLICATE_CHARGE' : null;
  if (!sameAmount(amount, payment.amount)) return taken ? 'AMOUNT_DIFFERS' : null;
  return payment.captured && !taken ? 'STATUS_DIFFERS' : null;
}

function chargeFinding(kind: PaymentReviewKind, charge: ProviderCharge, payment: SettleablePayment | null): Finding {
  return {
    ...{ kind, subject: charge.id, chargeId: charge.id, refundId: null, paymentId: payment?.id ?? null },
    ours: payment && sideOf(payment),
    theirs: sideOf(charge),
  };
}

/** A payment that we have captured, of which the provider knows nothing. */
export function missingCharge(payment: SettleablePayment): Finding {
  const { id, chargeId } = payment;
  return {
    kind: 'MISSING_CHARGE',
    subject: id,
    paymentId: id,
    refundId: null,
    chargeId,
    ours: sideOf(payment),
    theirs: null,
  };
}

/** Compares the provider's refund with ours, which has been settled by it. */
export function compareRefund(theirs: ProviderRefund, ours: Refund | null): Finding | null {
  if (!ours && theirs.status !== 'SUCCEEDED') return null;
  if (ours && sameAmount(theirs.amount, ours.amount) && theirs.status === ours.status) return null;
  return {
    ...{ kind: ours ? 'REFUND_DIFFERS' : 'UNKNOWN_REFUND', subject: theirs.id, chargeId: theirs.chargeId },
    ...{ paymentId: ours?.paymentId ?? null, refundId: ours?.id ?? null },
    ours: ours && sideOf(ours),
    theirs: sideOf(theirs),
  };
}

/** A refund that we have made, of which the provider knows nothing. */
export function missingRefund(refund: Refund): Finding {
  return refundFinding('MISSING_REFUND', refund, null);
}

/** A refund that the provider refused for good: the customer must get the money in another way. */
export function failedRefund(refund: Refund): Finding {
  return refundFinding('REFUND_FAILED', { ...refund, status: 'FAILED' }, null);
}

/** More to refund than is left of a payment. @param subject the id for the request's refund  @param refundId null when nothing was left to refund */
export function excessiveRefund(
  subject: string,
  { id, status }: Payment,
  asked: Money,
  refundId: string | null,
): Finding {
  const kind = 'REFUND_EXCEEDS_PAYMENT';
  return {
    kind,
    subject,
    paymentId: id,
    refundId,
    chargeId: null,
    ours: { status, amount: asked },
    theirs: null,
  };
}

function refundFinding(kind: PaymentReviewKind, refund: Refund, theirs: ReviewSide | null): Finding {
  const { id, paymentId } = refund;
  return { kind, subject: id, paymentId, refundId: id, chargeId: null, ours: sideOf(refund), theirs };
}

function sideOf({ status, amount }: ReviewSide): ReviewSide {
  return { status, amount };
}

/** Whether two amounts are the same money. */
export function sameAmount(one: Money, other: Money): boolean {
  return one.amount === other.amount && one.currency === other.currency;
}
