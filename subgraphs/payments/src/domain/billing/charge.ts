import type { InvoiceLine } from './invoice.ts';
import type { Mandate } from './mandate.ts';

export type ChargeStatus = 'OPEN' | 'PAID' | 'FAILED';

/** An attempt to collect what a mandate owes. */
export interface MandateCharge {
  readonly id: string;
  readonly mandateId: string;
  readonly sequence: number;
  readonly status: ChargeStatus;
  /** Null when the credit covers all, or when nothing could be charged. */
  readonly paymentId: string | null;
  /** The saved card that is charged; null where none is. */
  readonly paymentMethodId: string | null;
  /** The items it pays for, before credit. */
  readonly lines: readonly InvoiceLine[];
  /** The part that earlier credit pays, in minor units. */
  readonly creditUsed: number;
  /** The credit afterwards. */
  readonly creditLeft: number;
  /** To be charged, in minor units. */
  readonly total: number;
  /** The plan it moves to; null for a period. */
  readonly planId: string | null;
  readonly createdAt: Date;
}

/** A charge to open. */
export type NewCharge = Omit<MandateCharge, 'status' | 'paymentId' | 'paymentMethodId'>;

/** Splits what is owed into credit and what is left to charge. A negative amount is credited. */
export function withCredit(
  { id: mandateId, sequence, credit }: Mandate,
  owed: number,
): Pick<NewCharge, 'mandateId' | 'sequence' | 'creditUsed' | 'creditLeft' | 'total'> {
  const creditUsed = Math.max(0, Math.min(credit, owed));
  return {
    mandateId,
    sequence,
    creditUsed,
    creditLeft: credit - Math.min(credit, owed),
    total: Math.max(0, owed - credit),
  };
}
