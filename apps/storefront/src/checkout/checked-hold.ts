import type { CheckoutHoldQuery } from '../generated/graphql.ts';

/** A hold with everything that its order shows. */
export type CheckedHold = NonNullable<CheckoutHoldQuery['hold']>;
