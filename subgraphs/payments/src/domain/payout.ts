import type { Money } from '@marquee/money';

import { type JournalEntry, receivable, transfer } from './ledger.ts';

export type PayoutStatus = 'PENDING' | 'PAID' | 'FAILED';

/** Money of an organisation that is on its way to its bank account, or arrived. */
export interface Payout {
  readonly id: string;
  readonly organisationId: string;
  readonly amount: Money;
  readonly status: PayoutStatus;
  /** When the bank is expected to have it; null until the provider has said so. */
  readonly arrivesAt: Date | null;
  readonly createdAt: Date;
}

/** A payout to make. */
export interface NewPayout extends Pick<Payout, 'id' | 'organisationId' | 'amount' | 'createdAt'> {
  readonly provider: string;
  /** The user who asks for it; null for one of the schedule. */
  readonly requestedBy: string | null;
  /** The day of the schedule that it belongs to; null for one that was asked for. */
  readonly scheduledFor: Date | null;
}

/** A payout that the provider is to be asked about. */
export type DuePayout = Pick<Payout, 'id' | 'organisationId' | 'amount' | 'createdAt'>;

/** The money owed to an organisation in a currency; negative when refunds took more than there was. */
export interface PayoutBalance {
  readonly available: Money;
  readonly pending: Money;
  /** The pending amounts by the day their shows end, in UTC. */
  readonly pendingByDate: readonly { readonly date: string; readonly amount: Money }[];
}

/** The account of an organisation in one currency. */
export interface PayoutAccount extends PayoutBalance {
  readonly organisationId: string;
  readonly currency: string;
  /** The currencies in which the organisation has earned, that of most shows first. */
  readonly currencies: readonly string[];
}

/** A movement of what an organisation is owed. */
export interface PayoutEntry {
  readonly id: string;
  readonly organisationId: string;
  readonly kind: 'SALE' | 'REFUND' | 'PAYOUT' | 'PAYOUT_RETURNED';
  /** Negative for money that was taken or paid out. */
  readonly amount: Money;
  readonly createdAt: Date;
  readonly bookingId: string | null;
}

/** The sales of a show that has ended, to be made available. */
export interface EndedShow {
  readonly showId: string;
  readonly organisationId: string;
  /** Grows with each settlement, and with each refund after the end. */
  readonly settlements: number;
  /** The pending amounts by currency; negative after refunds. */
  readonly pending: readonly Money[];
}

type OfOrganisation = Pick<Payout, 'id' | 'organisationId' | 'amount'>;

/** Makes what a show sold available to its organisation. */
export function showSettledEntry({ organisationId, showId }: EndedShow, amount: Money): JournalEntry {
  const { currency } = amount;
  const pending = { kind: 'VENUE_PENDING', organisationId, showId, currency } as const;
  const postings = transfer(pending, { kind: 'VENUE_AVAILABLE', organisationId, currency }, amount);
  return { kind: 'SHOW_SETTLED', paymentId: null, refundId: null, organisationId, postings };
}

/** Takes a payout out of what is available. */
export function payoutEntry(payout: OfOrganisation): JournalEntry {
  return entry('PAYOUT', payout, transfer(available(payout), inTransit(payout), payout.amount));
}

/** The provider has paid a payout out of what it owes us. */
export function payoutPaidEntry(payout: OfOrganisation, provider: string): JournalEntry {
  return entry('PAYOUT_PAID', payout, transfer(inTransit(payout), receivable(provider, payout.amount), payout.amount));
}

/** Gives a payout back that could not be paid. */
export function payoutFailedEntry(payout: OfOrganisation): JournalEntry {
  return entry('PAYOUT_FAILED', payout, transfer(inTransit(payout), available(payout), payout.amount));
}

function entry(
  kind: JournalEntry['kind'],
  { id: payoutId, organisationId }: OfOrganisation,
  postings: JournalEntry['postings'],
): JournalEntry {
  return { kind, paymentId: null, refundId: null, payoutId, organisationId, postings };
}

const available = ({ organisationId, amount: { currency } }: OfOrganisation) =>
  ({ kind: 'VENUE_AVAILABLE', organisationId, currency }) as const;
const inTransit = ({ organisationId, amount: { currency } }: OfOrganisation) =>
  ({ kind: 'PAYOUTS_IN_TRANSIT', organisationId, currency }) as const;

const DAY_MS = 86_400_000;
const MONDAY = 1;
const HOUR = 6;

/** The schedule's next payout: Mondays at 06:00 UTC. */
export function nextPayoutAt(now: Date): Date {
  const last = scheduledAt(now);
  return last > now ? last : new Date(last.getTime() + 7 * DAY_MS);
}

/** The Monday whose payouts are due: the last one whose time has come. */
export function payoutDay(now: Date): Date {
  const due = nextPayoutAt(now).getTime() - 7 * DAY_MS;
  return new Date(due - HOUR * 3_600_000);
}

/** Monday at 06:00 of the week of a time. */
function scheduledAt(now: Date): Date {
  const sinceMonday = (now.getUTCDay() - MONDAY + 7) % 7;
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - sinceMonday, HOUR));
}
