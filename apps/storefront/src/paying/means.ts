import type { MoneyValue } from '@marquee/app-kit/text';

import type { PayingMeansQuery, PayWithInput } from '../generated/graphql.ts';
import type { TestCardToken } from './test-cards.ts';

export type SavedCard = NonNullable<NonNullable<PayingMeansQuery['viewer']>['paymentMethods']>[number];

/** The means to pay: the id of a saved card, the wallet, or a card that is entered now. */
export type Means = 'wallet' | 'new' | (string & {});

export interface Wallet {
  readonly balance: MoneyValue | undefined;
  /** Whether it has enough for the amount. */
  readonly covers: boolean;
}

/** The wallet's balance in the currency of an amount. */
export function walletFor(balances: readonly MoneyValue[], amount: MoneyValue | undefined): Wallet {
  const balance = balances.find(({ currency }) => currency === amount?.currency);
  return { balance, covers: balance !== undefined && amount !== undefined && balance.amount >= amount.amount };
}

/** The means that is offered first: the default card, else another saved one, else a new card. */
export function firstMeans(cards: readonly SavedCard[]): Means {
  const valid = cards.filter(({ expired }) => !expired);
  return (valid.find((card) => card.default) ?? valid[0])?.id ?? 'new';
}

export function payWithInput(means: Means, token: TestCardToken): PayWithInput {
  if (means === 'wallet') return { wallet: true };
  return means === 'new' ? { cardToken: token } : { paymentMethodId: means };
}
