import { sql, type Sql } from '@marquee/database';
import type { PrismaClient } from '@marquee/prisma-payments';
import { type Instruments, observe } from '@marquee/telemetry';

import type { ProviderEvent } from '../domain/payment-provider.ts';
import type { DueWebhook, WebhookInbox } from '../domain/ports.ts';

/** For this long the request that stored an event handles it. */
const FIRST_TRY_SECONDS = 10;
const MAX_BACKOFF_SECONDS = 600;

/** Inbox of one provider's webhooks. */
export class WebhookInboxRepository implements WebhookInbox {
  readonly #client: PrismaClient;
  readonly #provider: string;

  constructor(client: PrismaClient, provider: string) {
    this.#client = client;
    this.#provider = provider;
  }

  async store(event: ProviderEvent, at: Date): Promise<boolean> {
    const { id, type, payload } = event;
    const [stored] = await this.#client.$queryRaw<{ pending: boolean }[]>`
      INSERT INTO provider_events (provider, event_id, type, payload, received_at, next_try_at, handled_at)
      SELECT ${this.#provider}, ${id}, ${type}, ${JSON.stringify(payload)}::jsonb, ${at}::timestamptz,
        ${at}::timestamptz + make_interval(secs => ${FIRST_TRY_SECONDS}::int),
        CASE WHEN ${isRecorded(event)} THEN ${at}::timestamptz END
      ON CONFLICT DO NOTHING
      RETURNING handled_at IS NULL AS pending`;
    return stored?.pending ?? false;
  }

  async markHandled(eventId: string, at: Date): Promise<void> {
    await this.#client.$executeRaw`
      UPDATE provider_events SET handled_at = ${at}::timestamptz, last_error = NULL
      WHERE provider = ${this.#provider} AND event_id = ${eventId}`;
  }

  async recordFailure(eventId: string, error: string, at: Date): Promise<void> {
    await this.#client.$executeRaw`
      UPDATE provider_events SET last_error = ${error}, attempts = attempts + 1, next_try_at = ${at}::timestamptz
        + least(power(2, least(attempts, 10)), ${MAX_BACKOFF_SECONDS}::float8) * interval '1 second'
      WHERE provider = ${this.#provider} AND event_id = ${eventId} AND handled_at IS NULL`;
  }

  async claimDue(now: Date, limit: number): Promise<DueWebhook[]> {
    return this.#client.$queryRaw<DueWebhook[]>`
      UPDATE provider_events SET next_try_at = ${now}::timestamptz + make_interval(secs => ${FIRST_TRY_SECONDS}::int)
      WHERE provider = ${this.#provider} AND event_id = ANY (ARRAY (
        SELECT event_id FROM provider_events
        WHERE provider = ${this.#provider} AND handled_at IS NULL AND next_try_at <= ${now}::timestamptz
        ORDER BY next_try_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
      ))
      RETURNING event_id AS id, payload`;
  }

  /** The numbers of events that are not handled, and of those among them whose handling has failed. */
  async backlog(): Promise<{ pending: number; failed: number }> {
    const [row] = await this.#client.$queryRaw<{ pending: number; failed: number }[]>`
      SELECT count(*)::int AS pending, count(*) FILTER (WHERE attempts > 0)::int AS failed
      FROM provider_events WHERE provider = ${this.#provider} AND handled_at IS NULL`;
    return row ?? { pending: 0, failed: 0 };
  }

  /** Events that were never handled are kept. */
  async deleteReceivedBefore(time: Date): Promise<void> {
    await this.#client.$executeRaw`
      DELETE FROM provider_events WHERE received_at < ${time}::timestamptz AND handled_at IS NOT NULL`;
  }
}

/** Whether what an event reports is recorded already, as after a request that got the provider's answer itself. */
function isRecorded(event: ProviderEvent): Sql {
  if ('charge' in event) {
    const { id, reference, status, amount, actionUrl } = event.charge;
    return sql`EXISTS (SELECT FROM payments WHERE id = ${reference} AND charge_id = ${id} AND status::text = ${status}
      AND amount = ${amount.amount}::bigint AND currency = ${amount.currency}
      AND action_url IS NOT DISTINCT FROM ${actionUrl}::text)`;
  }
  if ('refund' in event || 'payout' in event) {
    const { id, reference, status } = 'refund' in event ? event.refund : event.payout;
    const table = 'refund' in event ? sql`refunds` : sql`payouts`;
    return sql`EXISTS (SELECT FROM ${table} WHERE id = ${reference} AND provider_ref = ${id} AND status::text = ${status})`;
  }
  if ('dispute' in event) {
    const { id, status } = event.dispute;
    return sql`EXISTS (SELECT FROM payment_disputes WHERE provider_ref = ${id} AND status::text = ${status})`;
  }
  return sql`TRUE`;
}

/** Exports the webhooks that wait as metrics. */
export function observeWebhooks(inbox: WebhookInboxRepository, { metrics }: Instruments): void {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_payments_webhooks_pending',
    help: 'Webhooks that are stored and not handled yet',
    read: async () => (await inbox.backlog()).pending,
  });
  observe(metrics, {
    name: 'marquee_payments_webhooks_failed',
    help: 'Webhooks whose handling has failed and is tried again',
    read: async () => (await inbox.backlog()).failed,
  });
}
