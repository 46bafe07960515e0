import { z } from 'zod';

import type {
  ProviderCharge,
  ProviderDispute,
  ProviderPayout,
  ProviderRefund,
  StoredCard,
} from '../../domain/payment-provider.ts';

const STATUS = {
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  processing: 'PROCESSING',
  requires_action: 'REQUIRES_ACTION',
  canceled: 'CANCELLED',
} as const;

export const charge = z
  .object({
    id: z.string(),
    reference: z.string(),
    status: z.enum(Object.keys(STATUS) as (keyof typeof STATUS)[]),
    amount: z.int(),
    currency: z.string(),
    declineCode: z.string().nullable(),
    actionUrl: z.url().nullable(),
    cardFingerprint: z.string().max(64).nullable().default(null),
  })
  .transform(({ id, reference, status, amount, currency, ...rest }): ProviderCharge => ({
    ...{ id, reference, ...rest },
    status: STATUS[status],
    amount: { amount, currency },
  }));

export const refund = z
  .object({
    id: z.string(),
    reference: z.string(),
    chargeId: z.string(),
    amount: z.int(),
    currency: z.string(),
    status: z.enum(['succeeded', 'pending', 'failed']),
  })
  .transform(({ id, reference, chargeId, amount, currency, status }): ProviderRefund => ({
    ...{ id, reference, chargeId, amount: { amount, currency } },
    status: ({ succeeded: 'SUCCEEDED', pending: 'PENDING', failed: 'FAILED' } as const)[status],
  }));

export const payout = z
  .object({
    id: z.string(),
    reference: z.string(),
    amount: z.int(),
    currency: z.string(),
    status: z.enum(['pending', 'paid', 'failed']),
    failureCode: z.string().nullable(),
    arrivesAt: z.iso.datetime(),
  })
  .transform(({ id, reference, amount, currency, status, failureCode, arrivesAt }): ProviderPayout => ({
    ...{ id, reference, amount: { amount, currency }, failure: failureCode, arrivesAt: new Date(arrivesAt) },
    status: ({ pending: 'PENDING', paid: 'PAID', failed: 'FAILED' } as const)[status],
  }));

/** All that carry a reference, or a page. */
const listOf = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item), hasMore: z.boolean().default(false) });
export const chargeList = listOf(charge);
export const refundList = listOf(refund);
export const payoutList = listOf(payout);

export const paymentMethod = z
  .object({
    id: z.string(),
    brand: z.string(),
    last4: z.string().regex(/^\d{4}$/),
    expiryMonth: z.int().min(1).max(12),
    expiryYear: z.int().min(2000).max(9999),
  })
  .transform(({ id, ...card }): StoredCard => ({ providerRef: id, ...card }));

export const dispute = z
  .object({
    id: z.string().min(1),
    chargeId: z.string(),
    amount: z.int().positive(),
    currency: z.string(),
    fee: z.int().nonnegative(),
    reason: z.string().max(100),
    status: z.enum(['open', 'won', 'lost']),
  })
  .transform(({ amount, currency, status, ...of }): ProviderDispute => ({
    ...{ ...of, amount: { amount, currency } },
    status: ({ open: 'OPEN', won: 'WON', lost: 'LOST' } as const)[status],
  }));

export const refusal = z.object({ error: z.object({ code: z.string() }) });

export const webhook = z.object({
  id: z.string().min(1),
  type: z.string(),
  data: z.object({
    charge: charge.optional(),
    refund: refund.optional(),
    payout: payout.optional(),
    dispute: dispute.optional(),
  }),
});
