import type { PrismaClient } from '@marquee/prisma-sandbox-provider';

import { signatureOf, SIGNATURE_HEADER } from './webhook-signature.ts';

/** The receiver of webhooks. */
export interface WebhookEndpoint {
  readonly url: string;
  /** The key of the signature. */
  readonly secret: string;
}

export interface WebhookDeliveryDeps {
  readonly client: PrismaClient;
  readonly endpoint: WebhookEndpoint;
  readonly now: () => Date;
  /** The time limit for the receiver to answer, in milliseconds. */
  readonly timeoutMs: number;
  /** The delay after the first failed attempt, in milliseconds; it doubles up to {@link MAX_RETRY_MS}. */
  readonly firstRetryMs: number;
}

const MAX_RETRY_MS = 60_000;
/** About a day at the longest delay. */
const MAX_ATTEMPTS = 1_500;
const AT_ONCE = 20;

interface DueWebhook {
  readonly id: string;
  readonly payload: unknown;
}

/**
 * Delivers the webhooks that are due.
 *
 * Each is claimed by scheduling its next attempt before it is sent, so that an unconfirmed webhook is retried even if
 * the process dies.
 *
 * @returns how many were attempted
 */
export async function deliverWebhooks(deps: WebhookDeliveryDeps): Promise<number> {
  const due = await claimDue(deps);
  await Promise.all(due.map((webhook) => deliver(deps, webhook)));
  return due.length;
}

async function claimDue({ client, now, firstRetryMs }: WebhookDeliveryDeps): Promise<DueWebhook[]> {
  return client.$queryRaw<DueWebhook[]>`
    UPDATE webhook_events SET
      attempts = attempts + 1,
      next_try_at = ${now()}::timestamptz
        + least(${firstRetryMs}::float8 * power(2, least(attempts, 20)), ${MAX_RETRY_MS}::float8) * interval '1 ms'
    WHERE id = ANY (ARRAY (
      SELECT id FROM webhook_events
      WHERE delivered_at IS NULL AND next_try_at <= ${now()}::timestamptz AND attempts < ${MAX_ATTEMPTS}
      ORDER BY next_try_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
    ))
    RETURNING id, payload`;
}

async function deliver(deps: WebhookDeliveryDeps, { id, payload }: DueWebhook): Promise<void> {
  const failure = await send(deps, JSON.stringify(payload));
  const data = failure === null ? { deliveredAt: deps.now(), lastError: null } : { lastError: failure };
  await deps.client.webhookEvent.update({ where: { id }, data });
}

/** @returns the reason why the receiver did not confirm, or null */
async function send({ endpoint, now, timeoutMs }: WebhookDeliveryDeps, body: string): Promise<string | null> {
  try {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signatureOf(body, endpoint.secret, now()) },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.ok ? null : `HTTP ${response.status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
