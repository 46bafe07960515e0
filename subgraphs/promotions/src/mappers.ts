/** The parents of each GraphQL type's resolvers, under its name. */
export type { EntityReference as Organisation } from '@marquee/subgraph';

export type { Coupon } from './domain/coupon.ts';
export type { CouponQuote } from './use-cases/check-coupon.ts';
export type { Reservation as ReserveCouponPayload } from './domain/ports.ts';
