import type { Money } from '@marquee/money';

import type { PaymentMethodKind } from '../payment.ts';
import { type BillingSchedule, dueAt } from './calendar.ts';

export type MandatePurpose = 'MEMBERSHIP' | 'WALLET_TOP_UP' | 'GIFT';

/** PENDING until the first charge has succeeded. CANCELLED and EXPIRED are final. */
export type MandateStatus = 'PENDING' | 'ACTIVE' | 'PAST_DUE' | 'PAUSED' | 'CANCELLED' | 'EXPIRED';

/** The part of a mandate that changes during its life. */
export interface MandateState {
  readonly status: MandateStatus;
  /** Of each charge. */
  readonly price: Money;
  readonly schedule: BillingSchedule;
  /** The step of the schedule at which the next charge is due. */
  readonly step: number;
  /** The number of the next charge. It is paid once: a unique index on the charges of a mandate. */
  readonly sequence: number;
  /** Declined attempts at the charge that is due. */
  readonly failures: number;
  /** When a job next does something; null when nothing is due by itself. */
  readonly nextActionAt: Date | null;
  /** The amount paid by the customer and not used, in minor units: it pays the next charges first. */
  readonly credit: number;
  /** The plan of a membership; null for other purposes, like all that follows. */
  readonly planId: string | null;
  readonly periodStart: Date | null;
  readonly periodEnd: Date | null;
  /** The membership ends then. */
  readonly cancelAt: Date | null;
  readonly pausedAt: Date | null;
  readonly resumesAt: Date | null;
  readonly endedAt: Date | null;
}

/** A customer's authorization to charge a card or the wallet on a schedule, for a membership or a recurring payment. */
export interface Mandate extends MandateState {
  readonly id: string;
  /** Grows with each change. */
  readonly version: number;
  readonly customerId: string;
  readonly purpose: MandatePurpose;
  readonly method: PaymentMethodKind;
  /** The saved card; null for the wallet. */
  readonly paymentMethodId: string | null;
  /** The end of the free days before the first charge; null without any. */
  readonly trialEndsAt: Date | null;
  readonly createdAt: Date;
}

/** A mandate to create. */
export type NewMandate = Omit<Mandate, 'version'>;

/** The mandate of a membership. */
export type Membership = Mandate & { readonly planId: string; readonly periodEnd: Date };

export type MembershipStatus = 'TRIALING' | 'ACTIVE' | 'PAST_DUE' | 'PAUSED' | 'CANCELLED' | 'EXPIRED';

export function isMembership(mandate: Mandate): mandate is Membership {
  return mandate.planId !== null && mandate.periodEnd !== null;
}

/** A mandate that is charged from `anchor` on, and has not begun. */
export function newMandate(
  terms: Pick<NewMandate, 'id' | 'customerId' | 'purpose' | 'method' | 'paymentMethodId' | 'price' | 'schedule'>,
  now: Date,
): NewMandate {
  return {
    ...terms,
    ...{ status: 'PENDING', step: 0, sequence: 0, failures: 0, credit: 0, nextActionAt: null, createdAt: now },
    ...{ planId: null, trialEndsAt: null, periodStart: null, periodEnd: null },
    ...{ cancelAt: null, pausedAt: null, resumesAt: null, endedAt: null },
  };
}

export function hasEnded({ status }: Pick<Mandate, 'status'>): boolean {
  return status === 'CANCELLED' || status === 'EXPIRED';
}

/** Whether the free days before the first charge are running. */
export function isTrialing({ status, trialEndsAt, periodEnd }: Mandate): boolean {
  return status === 'ACTIVE' && trialEndsAt !== null && trialEndsAt.getTime() === periodEnd?.getTime();
}

/** The status as customers see it. One that awaits its first payment is shown to nobody. */
export function statusOf(membership: Membership): MembershipStatus {
  if (isTrialing(membership)) return 'TRIALING';
  return membership.status === 'PENDING' ? 'EXPIRED' : membership.status;
}

/** The next charge, after credit, and when it is due; null when there is none. */
export function upcomingCharge(mandate: Mandate): { readonly total: Money; readonly dueAt: Date } | null {
  const { status, cancelAt, price, credit, nextActionAt } = mandate;
  if (cancelAt !== null || (status !== 'ACTIVE' && status !== 'PAST_DUE')) return null;
  const total = { amount: Math.max(0, price.amount - credit), currency: price.currency };
  return { total, dueAt: (status === 'PAST_DUE' && nextActionAt) || nextDueAt(mandate) };
}

/** The instant at which the next charge is due, whether or not it was tried. */
export function nextDueAt({ schedule, step }: Pick<Mandate, 'schedule' | 'step'>): Date {
  return dueAt(schedule, step);
}
