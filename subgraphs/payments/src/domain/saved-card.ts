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
