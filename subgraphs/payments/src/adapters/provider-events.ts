import type { PrismaClient } from '@marquee/prisma-payments';

/** Forgets webhooks received before then: far longer ago than one is believed, or sent again. @returns how many */
export async function purgeProviderEvents(client: PrismaClient, receivedBefore: Date): Promise<number> {
  const { count } = await client.providerEvent.deleteMany({ where: { receivedAt: { lt: receivedBefore } } });
  return count;
}
