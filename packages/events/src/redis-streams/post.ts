import type { Redis } from 'ioredis';

import type { Post, Receipt, Subscriber } from '../event-log.ts';
import type { StreamKeys } from './keys.ts';

/** About 10 MB of a domain's receipts. */
export const MAX_RECEIPTS = 100_000;

/** Receipts taken at a time. */
const PAGE = 1_000;

/** Introduces a consumer to the domains whose events it reads. */
export async function sendIntroduction(
  redis: Redis,
  keys: StreamKeys,
  domains: readonly string[],
  subscriber: Subscriber,
): Promise<void> {
  const text = JSON.stringify(subscriber);
  for (const domain of domains) await redis.hset(keys.subscribers(domain), subscriber.consumer, text);
}

/** A receipt as it is sent. */
export function encodeReceipt({ consumer, eventId, state }: Receipt): string {
  return JSON.stringify([consumer, eventId, state]);
}

/** Adds a receipt. While nobody takes them, the oldest are dropped, and their events delivered again. */
export async function pushReceipt(redis: Redis, key: string, receipt: string): Promise<void> {
  const results = await redis.multi().rpush(key, receipt).ltrim(key, -MAX_RECEIPTS, -1).exec();
  for (const [failure] of results ?? []) if (failure) throw failure;
}

/** Takes the oldest receipts of a domain; introductions stay. */
export async function takePost(redis: Redis, keys: StreamKeys, domain: string): Promise<Post> {
  const results = await redis.multi().hvals(keys.subscribers(domain)).lpop(keys.receipts(domain), PAGE).exec();
  const [introductions, receipts] = (results ?? []).map(([failure, value]) => {
    if (failure) throw failure;
    return (value ?? []) as string[];
  });
  return {
    subscribers: (introductions ?? []).map((text) => JSON.parse(text) as Subscriber),
    receipts: (receipts ?? []).map((text) => {
      const [consumer, eventId, state] = JSON.parse(text) as [string, string, Receipt['state']];
      return { consumer, eventId, state };
    }),
    isPartial: receipts?.length === PAGE,
  };
}
