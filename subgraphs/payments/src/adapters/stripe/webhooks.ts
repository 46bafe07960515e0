import type Stripe from 'stripe';
import { z } from 'zod';

import { type ProviderEvent, type RawWebhook, WebhookRejectedError } from '../../domain/payment-provider.ts';
import { toCharge, toDispute, toPayout, toRefund } from './objects.ts';

const TOLERANCE_SECONDS = 300;
const event = z.object({
  id: z.string().min(1),
  type: z.string(),
  /** The connected account that it happened on; absent for our own. */
  account: z.string().nullish(),
  data: z.object({ object: z.looseObject({ object: z.string() }) }),
});

/** Verifies Stripe's signature and its age, and parses the event. @throws {WebhookRejectedError} */
export function verifyWebhook(stripe: Stripe, { headers, body }: RawWebhook, secret: string, now: Date): ProviderEvent {
  const header = headers['stripe-signature'];
  if (typeof header !== 'string') throw new WebhookRejectedError('The webhook is not signed');
  let payload: object;
  try {
    payload = stripe.webhooks.constructEvent(body, header, secret, TOLERANCE_SECONDS, undefined, now.getTime());
  } catch (cause) {
    throw new WebhookRejectedError("The webhook's signature is wrong or too old", { cause });
  }
  return readEvent(payload);
}

/**
 * Parses an event that was verified before. One of a connected account is of no payment of ours, whatever it refers to: its
 * owner makes PaymentIntents there as they like, and is paid by them.
 *
 * @throws {WebhookRejectedError}
 */
export function readEvent(payload: object): ProviderEvent {
  const { success, data } = event.safeParse(payload);
  if (!success) throw new WebhookRejectedError('The webhook is malformed');
  const { id, type, account } = data;
  if (typeof account === 'string') return { id, type, payload, unknown: true };
  try {
    return { id, type, payload, ...contentOf(data.data.object) };
  } catch (cause) {
    throw new WebhookRejectedError('The webhook is malformed', { cause });
  }
}

function contentOf(content: { readonly object: string }) {
  const object: unknown = content;
  if (content.object === 'payment_intent') return { charge: toCharge(object as Stripe.PaymentIntent) };
  if (content.object === 'refund') return { refund: toRefund(object as Stripe.Refund) };
  if (content.object === 'transfer') return { payout: toPayout(object as Stripe.Transfer) };
  const dispute = content.object === 'dispute' ? toDispute(object as Stripe.Dispute) : null;
  return dispute ? { dispute } : ({ unknown: true } as const);
}
