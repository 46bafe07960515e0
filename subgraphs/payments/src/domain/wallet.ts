import type { Money } from '@marquee/money';

/** A customer's prepaid balances, one for each currency. */
export interface Wallet {
  readonly customerId: string;
  /** Currency of the displayed balance: the first one the wallet held. */
  readonly currency: string;
  readonly balances: readonly Money[];
}

export type WalletTransactionType = 'TOP_UP' | 'PAYMENT' | 'REFUND' | 'REWARD';

/** A change of a wallet's balance. */
export interface WalletTransaction {
  readonly id: string;
  /** Increases with every posting, so that it orders transactions. */
  readonly position: number;
  readonly type: WalletTransactionType;
  /** Negative for money that left the wallet. */
  readonly amount: Money;
  readonly balanceAfter: Money;
  readonly createdAt: Date;
  readonly bookingId: string | null;
}

/** One page of a wallet's transactions. */
export interface WalletTransactionPage {
  readonly customerId: string;
  readonly limit: number;
  /** Only transactions before this position; null for the first page. */
  readonly before: number | null;
}

/** The balance in a currency; zero when the wallet never held any. */
export function balanceIn({ balances }: Wallet, currency: string): Money {
  return balances.find((balance) => balance.currency === currency) ?? { amount: 0, currency };
}
