/** The parents of each GraphQL type's resolvers, under its name. */
export type { EntityReference as Organisation, EntityReference as User } from '@marquee/subgraph';

export type { Coupon } from './domain/coupon.ts';
export type { SharedReferral as Referral } from './domain/referral.ts';
export type { CouponQuote } from './use-cases/check-coupon.ts';
export type { Reservation as ReserveCouponPayload } from './domain/ports.ts';
