import { isUniqueViolation } from '@marquee/database';
import type { PaymentMethod, PrismaClient } from '@marquee/prisma-payments';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { NewSavedCard, SavedCards } from '../domain/ports.ts';
import type { SavedCard } from '../domain/saved-card.ts';

/** Each try that fails lets another request's card through, so that there is an end to it. */
const TRIES = 10;

/** Customers' saved cards. An index lets one card a customer be the default. */
export class SavedCardRepository implements SavedCards {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async find(id: string, customerId: string): Promise<(SavedCard & { readonly providerRef: string }) | null> {
    if (!isPossibleId(id)) return null;
    const row = await this.#client.paymentMethod.findFirst({ where: { id, customerId } });
    return row && { ...savedCardOf(row), providerRef: row.providerRef };
  }

  /** The cards of customers, by one statement: a customer's default first, then the latest first. */
  async ofCustomers(customerIds: readonly string[]): Promise<SavedCard[]> {
    const rows = await this.#client.paymentMethod.findMany({
      where: { customerId: { in: [...customerIds] } },
      orderBy: [{ isDefault: 'desc' }, { createdAt: 'desc' }, { id: 'desc' }],
    });
    return rows.map(savedCardOf);
  }

  async add(card: NewSavedCard, makeDefault: boolean): Promise<SavedCard> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#tryToAdd(card, makeDefault);
      } catch (error) {
        // Another card became the default meanwhile.
        if (tries === TRIES || !isUniqueViolation(error, 'payment_methods_one_default')) throw error;
      }
    }
  }

  #tryToAdd(card: NewSavedCard, makeDefault: boolean): Promise<SavedCard> {
    const { customerId } = card;
    return this.#client.$transaction(async (tx) => {
      const current = { customerId, isDefault: true };
      if (makeDefault) await tx.paymentMethod.updateMany({ where: current, data: { isDefault: false } });
      const isDefault = makeDefault || (await tx.paymentMethod.count({ where: current })) === 0;
      return savedCardOf(await tx.paymentMethod.create({ data: { ...card, isDefault } }));
    });
  }
}

function savedCardOf(row: PaymentMethod): SavedCard {
  const { id, customerId, brand, last4, expiryMonth, expiryYear, isDefault } = row;
  return { id, customerId, brand, last4, expiryMonth, expiryYear, isDefault };
}
