import type { Money } from '@marquee/money';

/** An account of the double-entry ledger: the chart of accounts is in docs/adr/0043. */
export type LedgerAccount =
  /** Owed to Marquee by a provider: an asset. */
  | { readonly kind: 'PROVIDER_RECEIVABLE'; readonly provider: string; readonly currency: string }
  /** Owed to a customer: a liability. */
  | { readonly kind: 'CUSTOMER_WALLET'; readonly customerId: string; readonly currency: string }
  /** Owed to the organisation of a show that has not ended: a liability. */
  | {
      readonly kind: 'VENUE_PENDING';
      readonly organisationId: string;
      readonly showId: string;
      readonly currency: string;
    }
  /** Owed to an organisation, to be paid out: a liability. */
  | { readonly kind: 'VENUE_AVAILABLE'; readonly organisationId: string; readonly currency: string }
  /** Handed to a provider for an organisation, and not reported as paid yet: a liability. */
  | { readonly kind: 'PAYOUTS_IN_TRANSIT'; readonly organisationId: string; readonly currency: string }
  /** Booking fees: an income. */
  | { readonly kind: 'FEE_REVENUE'; readonly currency: string }
  /** Owed to a country: a liability. */
  | { readonly kind: 'TAX_PAYABLE'; readonly country: string; readonly currency: string }
  /** Paid for bookings whose parts were not told: a liability. */
  | { readonly kind: 'BOOKING_SALES'; readonly currency: string }
  /** Memberships: an income. */
  | { readonly kind: 'MEMBERSHIP_REVENUE'; readonly currency: string }
  /** Captured for a failed or cancelled payment: a liability until refunded. */
  | { readonly kind: 'UNAPPLIED_CAPTURES'; readonly currency: string }
  /** Differences from providers that nobody explained: an expense, or an income. */
  | { readonly kind: 'WRITE_OFFS'; readonly currency: string }
  /** Withheld by a provider until a dispute is decided: an asset. */
  | { readonly kind: 'DISPUTED'; readonly provider: string; readonly currency: string }
  /** Taken out of a wallet until a dispute of what it got is decided: a liability. */
  | { readonly kind: 'DISPUTE_HELD'; readonly currency: string }
  /** Fees of disputes, and what is lost in them that nobody else bears: an expense. */
  | { readonly kind: 'DISPUTE_COSTS'; readonly currency: string }
  /** Marquee's own coupons, and rewards in wallets: an expense. */
  | { readonly kind: 'PROMOTION_EXPENSE'; readonly currency: string }
  /** Owed to Marquee by an organisation for its ads: an asset. */
  | { readonly kind: 'ADVERTISER_RECEIVABLE'; readonly organisationId: string; readonly currency: string }
  /** Ads: an income. */
  | { readonly kind: 'ADVERTISING_REVENUE'; readonly currency: string };

export type JournalEntryKind =
  | 'CARD_PAYMENT'
  | 'WALLET_PAYMENT'
  | 'WALLET_TOP_UP'
  | 'CARD_REFUND'
  | 'WALLET_REFUND'
  | 'UNAPPLIED_CAPTURE'
  | 'UNAPPLIED_REFUND'
  | 'SHOW_SETTLED'
  | 'PAYOUT'
  | 'PAYOUT_PAID'
  | 'PAYOUT_FAILED'
  | 'SALE_MOVED'
  | 'WRITE_OFF'
  | 'REWARD'
  | 'REWARD_TAKEN_BACK'
  | 'DISPUTE_OPENED'
  | 'DISPUTE_WON'
  | 'DISPUTE_LOST'
  /** Made by a trigger. */
  | 'DISPUTE_COLLECTED'
  | 'AD_SPEND';

/** One side of an entry, in minor units of its account's currency: debits are positive, credits negative. */
export interface Posting {
  readonly account: LedgerAccount;
  readonly amount: number;
}

/** A journal entry, whose postings sum to zero. */
export interface JournalEntry {
  readonly kind: JournalEntryKind;
  readonly paymentId: string | null;
  readonly refundId: string | null;
  readonly payoutId?: string | null;
  /** The difference that it writes off. */
  readonly reviewId?: string | null;
  /** The reward that it adds to a wallet, or takes back. */
  readonly rewardId?: string | null;
  readonly disputeId?: string | null;
  /** The settlement of ads that it posts. */
  readonly settlementId?: string;
  /** The organisation whose accounts it moves; null for none. */
  readonly organisationId: string | null;
  readonly postings: readonly Posting[];
}

/** An account's id, derived from what it counts so that posting needs no look-up. */
export function accountId(account: LedgerAccount): string {
  const { currency } = account;
  switch (account.kind) {
    case 'PROVIDER_RECEIVABLE':
      return `receivable:${account.provider}:${currency}`;
    case 'CUSTOMER_WALLET':
      return `wallet:${account.customerId}:${currency}`;
    case 'VENUE_PENDING':
      return `pending:${account.showId}:${currency}`;
    case 'VENUE_AVAILABLE':
      return `available:${account.organisationId}:${currency}`;
    case 'PAYOUTS_IN_TRANSIT':
      return `transit:${account.organisationId}:${currency}`;
    case 'FEE_REVENUE':
      return `fees:${currency}`;
    case 'TAX_PAYABLE':
      return `tax:${account.country}:${currency}`;
    case 'BOOKING_SALES':
      return `sales:${currency}`;
    case 'MEMBERSHIP_REVENUE':
      return `memberships:${currency}`;
    case 'DISPUTED':
      return `disputed:${account.provider}:${currency}`;
    case 'DISPUTE_HELD':
      return `dispute-held:${currency}`;
    case 'DISPUTE_COSTS':
      return `dispute-costs:${currency}`;
    case 'WRITE_OFFS':
      return `write-offs:${currency}`;
    case 'PROMOTION_EXPENSE':
      return `promotions:${currency}`;
    case 'ADVERTISER_RECEIVABLE':
      return `ads-receivable:${account.organisationId}:${currency}`;
    case 'ADVERTISING_REVENUE':
      return `ads:${currency}`;
    case 'UNAPPLIED_CAPTURES':
      return `unapplied:${currency}`;
  }
}

/** Makes our books equal the provider's. @param difference what the provider has over us; negative when it has less */
export function writeOffEntry(reviewId: string, provider: string, difference: Money): JournalEntry {
  const postings = transfer(
    receivable(provider, difference),
    { kind: 'WRITE_OFFS', currency: difference.currency },
    difference,
  );
  return { kind: 'WRITE_OFF', paymentId: null, refundId: null, reviewId, organisationId: null, postings };
}

/** A reward of promotions in a customer's wallet. */
export interface WalletReward {
  readonly id: string;
  readonly customerId: string;
  readonly amount: Money;
}

/** Adds a reward to its wallet, at Marquee's expense. */
export function rewardEntry(reward: WalletReward): JournalEntry {
  const postings = transfer(promotions(reward.amount), walletOf(reward), reward.amount);
  return { kind: 'REWARD', paymentId: null, refundId: null, rewardId: reward.id, organisationId: null, postings };
}

/** Takes a reward, or what is left of it, out of its wallet. */
export function takenBackEntry(reward: WalletReward): JournalEntry {
  const postings = transfer(walletOf(reward), promotions(reward.amount), reward.amount);
  const about = { paymentId: null, refundId: null, rewardId: reward.id, organisationId: null };
  return { kind: 'REWARD_TAKEN_BACK', ...about, postings };
}

/** The debt of an organisation for impressions of a campaign. */
export interface AdSettlement {
  readonly id: string;
  readonly organisationId: string;
  readonly amount: Money;
}

/** Charges an organisation for its ads. */
export function adSpendEntry({ id: settlementId, organisationId, amount }: AdSettlement): JournalEntry {
  const { currency } = amount;
  const postings = transfer(
    { kind: 'ADVERTISER_RECEIVABLE', organisationId, currency },
    { kind: 'ADVERTISING_REVENUE', currency },
    amount,
  );
  return { kind: 'AD_SPEND', paymentId: null, refundId: null, settlementId, organisationId, postings };
}

/** Debits one account and credits the other. */
export function transfer(debit: LedgerAccount, to: LedgerAccount, amount: Money): readonly Posting[] {
  return [{ account: debit, amount: amount.amount }, credit(to, amount)];
}

export function credit(account: LedgerAccount, { amount }: Money): Posting {
  return { account, amount: -amount };
}

export function reversed({ account, amount }: Posting): Posting {
  return { account, amount: -amount };
}

export const receivable = (provider: string, { currency }: Money): LedgerAccount => ({
  kind: 'PROVIDER_RECEIVABLE',
  provider,
  currency,
});
export const walletOf = ({
  customerId,
  amount: { currency },
}: {
  customerId: string;
  amount: Money;
}): LedgerAccount => ({
  kind: 'CUSTOMER_WALLET',
  customerId,
  currency,
});
export const disputed = (provider: string, { currency }: Money): LedgerAccount => ({
  kind: 'DISPUTED',
  provider,
  currency,
});
export const heldFor = ({ currency }: Money): LedgerAccount => ({ kind: 'DISPUTE_HELD', currency });
export const disputeCosts = ({ currency }: Money): LedgerAccount => ({ kind: 'DISPUTE_COSTS', currency });
export const promotions = ({ currency }: Money): LedgerAccount => ({ kind: 'PROMOTION_EXPENSE', currency });
export const unapplied = ({ currency }: Money): LedgerAccount => ({ kind: 'UNAPPLIED_CAPTURES', currency });
