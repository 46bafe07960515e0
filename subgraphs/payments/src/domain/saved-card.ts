import type { StoredCard } from './payment-provider.ts';

/** A card that its customer saved for later payments. */
export interface SavedCard extends StoredCard {
  readonly id: string;
  readonly customerId: string;
  readonly isDefault: boolean;
}

/** A card to save. */
export interface NewSavedCard extends Omit<SavedCard, 'isDefault'> {
  readonly provider: string;
  readonly createdAt: Date;
}

/** The last offset from UTC at which a day ends. */
const LAST_OFFSET_MS = 12 * 60 * 60 * 1_000;

/** Whether the month in which a card expires has ended everywhere. */
export function isExpired(
  { expiryYear, expiryMonth }: Pick<SavedCard, 'expiryYear' | 'expiryMonth'>,
  now: Date,
): boolean {
  return now.getTime() >= Date.UTC(expiryYear, expiryMonth) + LAST_OFFSET_MS;
}

/** A card that its customer removed, to be removed at the provider. */
export interface CardRemoval {
  readonly provider: string;
  readonly providerRef: string;
}
