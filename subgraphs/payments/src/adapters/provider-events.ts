import type { ReceivedEvent } from '../domain/payment-provider.ts';
import type { Transaction } from './transaction.ts';

/** Inbox of the providers' webhooks. */
export class ProviderEventRepository {
  readonly #sql: Transaction;

  constructor(sql: Transaction) {
    this.#sql = sql;
  }

  /** Records an event. @returns false when it was recorded before */
  async add(provider: string, { id, type, payload }: ReceivedEvent, receivedAt: Date): Promise<boolean> {
    const inserted = await this.#sql.$executeRaw`
      INSERT INTO provider_events (provider, event_id, type, payload, received_at)
      VALUES (${provider}, ${id}, ${type}, ${JSON.stringify(payload)}::jsonb, ${receivedAt}::timestamptz)
      ON CONFLICT DO NOTHING`;
    return inserted === 1;
  }

  async deleteReceivedBefore(time: Date): Promise<void> {
    await this.#sql.providerEvent.deleteMany({ where: { receivedAt: { lt: time } } });
  }
}
