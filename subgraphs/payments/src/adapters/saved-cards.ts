import { isUniqueViolation } from '@marquee/database';
import type { PrismaClient } from '@marquee/prisma-payments';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { SavedCards } from '../domain/ports.ts';
import type { NewSavedCard, SavedCard } from '../domain/saved-card.ts';

/** Attempts when other requests change the default meanwhile. Each failed one means that another succeeded. */
const MAX_ATTEMPTS = 10;

/** Saved cards. A unique index allows one default per customer. */
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
      orderBy: [{ isDefault: 'desc' }, { createdAt: 'desc' }, { id: 'desc' }],
    });
  }

  async add(card: NewSavedCard, makeDefault: boolean): Promise<SavedCard> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#tryAdd(card, makeDefault);
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isUniqueViolation(error, 'payment_methods_one_default')) throw error;
      }
    }
  }

  #tryAdd(card: NewSavedCard, makeDefault: boolean): Promise<SavedCard> {
    const { customerId } = card;
    return this.#client.$transaction(async (tx) => {
      const current = { customerId, isDefault: true };
      if (makeDefault) await tx.paymentMethod.updateMany({ where: current, data: { isDefault: false } });
      const isDefault = makeDefault || (await tx.paymentMethod.count({ where: current })) === 0;
      return tx.paymentMethod.create({ data: { ...card, isDefault } });
    });
  }
}
