import type { PrismaClient } from '@marquee/prisma-payments';
import { refusedByRisk } from '@marquee/subgraph';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { SavedCards } from '../domain/ports.ts';
import { type CardRemoval, isExpired, type NewSavedCard, type SavedCard } from '../domain/saved-card.ts';
import { type Transaction, TRANSACTION_LIMITS } from './transaction.ts';

const MAX_REMOVAL_BACKOFF_SECONDS = 3_600;
const DEFAULT_FIRST = [{ isDefault: 'desc' }, { createdAt: 'desc' }, { id: 'desc' }] as const;

/** Saved cards. A customer with cards has exactly one default. */
export class SavedCardRepository implements SavedCards {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async find(id: string, customerId: string): Promise<SavedCard | null> {
    if (!isPossibleId(id)) return null;
    return this.#client.paymentMethod.findFirst({ where: { id, customerId } });
  }

  async ofCustomers(customerIds: readonly string[]): Promise<SavedCard[]> {
    return this.#client.paymentMethod.findMany({
      where: { customerId: { in: customerIds.filter(isPossibleId) } },
      orderBy: [...DEFAULT_FIRST],
    });
  }

  async assertMayAdd(customerId: string): Promise<void> {
    await refusedByRisk(this.#client.$queryRaw`SELECT assert_may_buy(${customerId}, NULL)`);
  }

  add(card: NewSavedCard, makeDefault: boolean): Promise<SavedCard> {
    const { customerId } = card;
    return this.#change(customerId, async (tx) => {
      if (makeDefault) await clearDefault(tx, customerId);
      const isDefault = makeDefault || (await tx.paymentMethod.count({ where: { customerId, isDefault: true } })) === 0;
      return tx.paymentMethod.create({ data: { ...card, isDefault } });
    });
  }

  makeDefault(id: string, customerId: string): Promise<SavedCard | null> {
    return this.#change(customerId, async (tx) => {
      const card = await tx.paymentMethod.findFirst({ where: { id, customerId } });
      if (!card || card.isDefault) return card;
      await clearDefault(tx, customerId);
      return tx.paymentMethod.update({ where: { id }, data: { isDefault: true } });
    });
  }

  async remove(id: string, customerId: string, now: Date): Promise<'REMOVED' | 'IN_USE' | 'NOT_FOUND'> {
    if (!isPossibleId(id)) return 'NOT_FOUND';
    return this.#change(customerId, async (tx) => {
      const cards = await tx.paymentMethod.findMany({ where: { customerId }, orderBy: [...DEFAULT_FIRST] });
      const card = cards.find((each) => each.id === id);
      if (!card) return 'NOT_FOUND';
      // A charge settles before this, and its mandate is moved below, or after it, and does not name the card.
      await tx.$queryRaw`SELECT id FROM payment_methods WHERE id = ${id} FOR UPDATE`;
      const others = cards.filter((each) => each !== card);
      const usable = others.find((each) => !isExpired(each, now));
      if (!(await moveMandates(tx, card, usable))) return 'IN_USE';
      await tx.paymentMethod.delete({ where: { id } });
      await tx.cardRemoval.create({ data: { provider: card.provider, providerRef: card.providerRef, nextTryAt: now } });
      const heir = usable ?? others[0];
      if (card.isDefault && heir) await tx.paymentMethod.update({ where: { id: heir.id }, data: { isDefault: true } });
      return 'REMOVED';
    });
  }

  async claimRemovals(now: Date, limit: number): Promise<CardRemoval[]> {
    return this.#client.$queryRaw<CardRemoval[]>`
      WITH due AS MATERIALIZED (
        SELECT provider, provider_ref FROM card_removals WHERE next_try_at <= ${now}::timestamptz
        ORDER BY next_try_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
      )
      UPDATE card_removals SET
        attempts = attempts + 1,
        next_try_at = ${now}::timestamptz
          + least(power(2, least(attempts, 12)), ${MAX_REMOVAL_BACKOFF_SECONDS}::float8) * interval '1 second'
      WHERE (provider, provider_ref) IN (TABLE due)
      RETURNING provider, provider_ref AS "providerRef"`;
  }

  async completeRemoval({ provider, providerRef }: CardRemoval): Promise<void> {
    await this.#client.cardRemoval.deleteMany({ where: { provider, providerRef } });
  }

  /** Changes a customer's cards one after another: the index allows one default at most, the lock sees to one at least. */
  #change<T>(customerId: string, change: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#client.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`cards of ${customerId}`}, 0))`;
      return change(tx);
    }, TRANSACTION_LIMITS);
  }
}

async function clearDefault(tx: Transaction, customerId: string): Promise<void> {
  await tx.paymentMethod.updateMany({ where: { customerId, isDefault: true }, data: { isDefault: false } });
}

/** Has another card charged by what is charged to a card. @returns false when there is none */
async function moveMandates(tx: Transaction, { id }: SavedCard, other: SavedCard | undefined): Promise<boolean> {
  const where = { paymentMethodId: id, endedAt: null };
  if (!other) return (await tx.mandate.count({ where })) === 0;
  await tx.mandate.updateMany({ where, data: { paymentMethodId: other.id } });
  return true;
}
