/** The parents of each GraphQL type's resolvers, under its name. */
export type { EntityReference as Booking, EntityReference as User } from '@marquee/subgraph';

export type { Invoice } from './domain/billing/invoice.ts';
export type { Mandate as RecurringPayment, Membership } from './domain/billing/mandate.ts';
export type { MembershipPlan } from './domain/billing/membership-plan.ts';
export type { Payment } from './domain/payment.ts';
export type { PaymentReview, PaymentReviewDecision } from './domain/payment-review.ts';
export type { PaidOrganisation as Organisation } from './access.ts';
export type { Payout, PayoutAccount, PayoutEntry } from './domain/payout.ts';
export type { Refund } from './domain/refund.ts';
export type { SavedCard as PaymentMethod } from './domain/saved-card.ts';
export type { Wallet, WalletTransaction } from './domain/wallet.ts';
