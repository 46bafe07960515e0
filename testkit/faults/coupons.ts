import { randomUUID } from 'node:crypto';
import { type GraphClient, registeredOperations } from '@marquee/stack/client';

interface Answer {
  readonly __typename: string;
  readonly message?: string;
}

interface Booked {
  readonly id: string;
  readonly coupon: { readonly code: string } | null;
}

const CreateBooking = registeredOperations('storefront')<
  { createBooking: Answer & { booking?: Booked } },
  { input: { holdId: string; idempotencyKey: string; couponCode?: string } }
>('CreateBooking');
const CreateCoupon = registeredOperations('backoffice')<
  { createCoupon: Answer & { coupon?: { code: string } } },
  { input: object }
>('CreateCoupon');

const DAY_MS = 86_400_000;
/** So few that the sale uses them up, and cancellations free some again. */
const SCARCE = 8;

/** Creates a coupon for everybody, one that is soon used up, and one with a limit for each customer. @returns their codes */
export async function offerCoupons(admin: GraphClient): Promise<string[]> {
  const limits = [{}, { redemptionLimit: SCARCE }, { perUserLimit: SCARCE }];
  return Promise.all(
    limits.map(async (limit) => {
      const input = {
        ...{ code: `F${randomUUID().slice(0, 30)}A`, kind: 'PERCENT', percentOff: 20, ...limit },
        ...{ startsAt: new Date(Date.now() - DAY_MS), endsAt: new Date(Date.now() + DAY_MS) },
      };
      const { createCoupon } = await admin.request(CreateCoupon, { input });
      if (!createCoupon.coupon) throw new Error(`No coupon was created: ${createCoupon.message}`);
      return createCoupon.coupon.code;
    }),
  );
}

/** Books a hold: without the coupon when it cannot be used. @returns null when the hold is gone */
export async function book(client: GraphClient, holdId: string, couponCode: string | null): Promise<Booked | null> {
  const input = { holdId, idempotencyKey: randomUUID(), ...(couponCode !== null && { couponCode }) };
  const { createBooking } = await client.request(CreateBooking, { input });
  if (createBooking.__typename === 'CouponRejectedError') return book(client, holdId, null);
  return createBooking.booking ?? null;
}
