import { randomUUID } from 'node:crypto';
import type { PaymentMethod, Prisma } from '@marquee/prisma-sandbox-provider';

import { cardOf } from './cards.ts';
import { ApiError, notFound } from './errors.ts';

/**
 * Saves a card for later charges.
 *
 * @throws {ApiError} 402 `invalid_card` for an unknown token
 */
export async function savePaymentMethod(
  client: Prisma.TransactionClient,
  token: string,
  now: Date,
): Promise<PaymentMethod> {
  const card = cardOf(token);
  if (!card) throw new ApiError(402, 'invalid_card', 'The card was not recognised. Use a test token of the sandbox.');
  const id = `card_${randomUUID().replaceAll('-', '')}`;
  return client.paymentMethod.create({ data: { id, token, ...card, createdAt: now } });
}

/** Removes a saved card; charges of it are declined from then on. @throws {ApiError} 404 */
export async function removePaymentMethod(client: Prisma.TransactionClient, id: string): Promise<void> {
  const { count } = await client.paymentMethod.deleteMany({ where: { id } });
  if (count === 0) throw notFound('payment method');
}
