/** The parents of each GraphQL type's resolvers, under its name. */
export type { Payment } from './domain/payment.ts';
export type { Reference as Booking, Reference as User } from './domain/reference.ts';
export type { SavedCard as PaymentMethod } from './domain/saved-card.ts';
export type { Wallet, WalletTransaction } from './domain/wallet.ts';
