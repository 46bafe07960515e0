import { useQuery } from '@apollo/client/react';
import type { MoneyValue } from '@marquee/app-kit/text';
import { useState } from 'react';

import { PayingMeansDocument, type PayWithInput } from '../generated/graphql.ts';
import { firstMeans, type Means, payWithInput, type SavedCard, type Wallet, walletFor } from './means.ts';
import type { TestCardToken } from './test-cards.ts';

export interface PayWith {
  readonly cards: readonly SavedCard[];
  /** Undefined where the wallet cannot pay. */
  readonly wallet: Wallet | undefined;
  readonly means: Means;
  readonly token: TestCardToken;
  /** The value that a mutation takes as `with`. */
  readonly input: PayWithInput;
  readonly isLoading: boolean;
  readonly error: unknown;
  choose(means: Means): void;
  chooseToken(token: TestCardToken): void;
  refetch(): void;
}

export interface PayWithOptions {
  /** The amount to be paid, in whose currency the wallet has to have enough. */
  readonly amount?: MoneyValue | undefined;
  /** Whether the wallet can pay; it cannot top up itself. */
  readonly hasWallet?: boolean;
}

/** The means to pay: saved cards, the wallet or a new card. */
export function usePayWith({ amount, hasWallet = true }: PayWithOptions): PayWith {
  const { data, error, loading, refetch } = useQuery(PayingMeansDocument);
  const [chosen, choose] = useState<Means>();
  const [token, chooseToken] = useState<TestCardToken>('tok_visa');
  const cards = data?.viewer?.paymentMethods ?? [];
  const means = chosen ?? firstMeans(cards);
  return {
    ...{ cards, means, token, error, choose, chooseToken },
    wallet: hasWallet ? walletFor(data?.viewer?.wallet?.balances ?? [], amount) : undefined,
    input: payWithInput(means, token),
    isLoading: loading && data === undefined,
    refetch: () => void refetch(),
  };
}
