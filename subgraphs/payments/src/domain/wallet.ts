import type { Money } from './money.ts';

/** A customer's money with us: one balance a currency. */
export interface Wallet {
  readonly customerId: string;
  /** The currency it shows its balance in: the first it held. */
  readonly currency: string;
  readonly balances: readonly Money[];
}

export type WalletTransactionType = 'TOP_UP' | 'PAYMENT' | 'REFUND';

/** A movement of a wallet's balance. */
export interface WalletTransaction {
  readonly id: string;
  /** Where it stands among all movements: it only grows. */
  readonly position: number;
  readonly type: WalletTransactionType;
  /** Negative where money left the wallet. */
  readonly amount: Money;
  readonly balanceAfter: Money;
  readonly createdAt: Date;
  readonly bookingId: string | null;
}

/** What the wallet holds in a currency; zero when it never held any. */
export function balanceIn({ balances }: Wallet, currency: string): Money {
  return balances.find((balance) => balance.currency === currency) ?? { amount: 0, currency };
}
