import { randomUUID } from 'node:crypto';
import type { Prisma } from '@marquee/prisma-sandbox-provider';

import type { ChargeView, PayoutView, RefundView } from './views.ts';

/** The content of a webhook. */
export type WebhookContent =
  | {
      readonly type: 'charge.succeeded' | 'charge.failed' | 'charge.canceled' | 'charge.requires_action';
      readonly data: { readonly charge: ChargeView };
    }
  | { readonly type: 'refund.succeeded'; readonly data: { readonly refund: RefundView } }
  | { readonly type: 'payout.paid' | 'payout.failed'; readonly data: { readonly payout: PayoutView } };

/** Queues a webhook, in the transaction of the change that it reports. */
export async function enqueueWebhook(tx: Prisma.TransactionClient, content: WebhookContent, now: Date): Promise<void> {
  const id = `evt_${randomUUID().replaceAll('-', '')}`;
  const payload = { id, ...content, createdAt: now.toISOString() };
  await tx.webhookEvent.create({
    data: { id, type: content.type, payload: payload as object, nextTryAt: now, createdAt: now },
  });
}

/** Queues the webhook for a charge's current status; a processing charge has none. */
export async function enqueueChargeWebhook(tx: Prisma.TransactionClient, charge: ChargeView, now: Date): Promise<void> {
  if (charge.status === 'processing') return;
  await enqueueWebhook(tx, { type: `charge.${charge.status}`, data: { charge } }, now);
}
