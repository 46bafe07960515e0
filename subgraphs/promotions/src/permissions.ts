import { type EntityReference, ownerOnly, type Permissions, service } from '@marquee/subgraph';

/** Who manages a coupon depends on whose it is: `src/access.ts`, which the use cases ask. */
export const permissions: Permissions = {
  Mutation: { reserveCoupon: service('booking') },
  User: { '*': ownerOnly(({ id }: EntityReference) => id) },
  ReserveCouponPayload: { '*': service('booking') },
};
