import type { StoredCard } from './payment-provider.ts';

/** A saved card: the details by which a person recognizes it. */
export interface SavedCard {
  readonly id: string;
  readonly customerId: string;
  readonly brand: string;
  readonly last4: string;
  readonly expiryMonth: number;
  readonly expiryYear: number;
  readonly isDefault: boolean;
}

/** A saved card with the provider's reference to charge it by. */
export interface ChargeableCard extends SavedCard {
  readonly providerRef: string;
}

/** A card to save. */
export interface NewSavedCard extends StoredCard {
  readonly id: string;
  readonly customerId: string;
  readonly provider: string;
  readonly createdAt: Date;
}
