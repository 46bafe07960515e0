import { notFound } from '@marquee/errors';
import type { Log } from '@marquee/telemetry';

import type { PaymentProvider } from '../domain/payment-provider.ts';
import type { SavedCards } from '../domain/ports.ts';
import { PaymentMethodInUseError } from '../errors.ts';

export interface RemovePaymentMethodDeps {
  readonly cards: Pick<SavedCards, 'remove'>;
  readonly now: () => Date;
}

/**
 * Removes a saved card. The provider removes it within seconds, by {@link removeCards}.
 *
 * @throws {PaymentMethodInUseError} when a mandate is charged to it and no other card can take its place
 * @throws {CodedError} NOT_FOUND for a card that is not the customer's
 */
export async function removePaymentMethod(
  { cards, now }: RemovePaymentMethodDeps,
  { id, customerId }: { readonly id: string; readonly customerId: string },
): Promise<void> {
  const outcome = await cards.remove(id, customerId, now());
  if (outcome === 'NOT_FOUND') throw notFound('payment method');
  if (outcome === 'IN_USE') throw new PaymentMethodInUseError();
}

export interface RemoveCardsDeps {
  readonly provider: PaymentProvider;
  readonly cards: Pick<SavedCards, 'claimRemovals' | 'completeRemoval'>;
  readonly now: () => Date;
  readonly log: Pick<Log, 'error'>;
}

const BATCH_SIZE = 50;

/** Removes at the provider the cards that their customers removed. One that fails is logged and tried again. */
export async function removeCards({ provider, cards, now, log }: RemoveCardsDeps): Promise<void> {
  for (const removal of await cards.claimRemovals(now(), BATCH_SIZE)) {
    try {
      await provider.removeCard(removal.providerRef);
      await cards.completeRemoval(removal);
    } catch (err) {
      log.error({ err }, 'removing a card at the provider failed');
    }
  }
}
