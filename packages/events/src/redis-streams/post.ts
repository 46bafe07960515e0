import type { ChainableCommander, Redis } from 'ioredis';

import type { Post, Receipt, Subscriber } from '../event-log.ts';
import type { StreamKeys } from './keys.ts';
import { execute } from './pipeline.ts';

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

/** Adds receipts. While nobody takes them, the oldest are dropped, and their events delivered again. */
export function pushReceipts(
  commands: ChainableCommander,
  key: string,
  receipts: readonly Receipt[],
): ChainableCommander {
  const texts = receipts.map(({ consumer, eventId, state }) => JSON.stringify([consumer, eventId, state]));
  return commands.rpush(key, ...texts).ltrim(key, -MAX_RECEIPTS, -1);
}

/** Takes the oldest receipts of a domain; introductions stay. */
export async function takePost(redis: Redis, keys: StreamKeys, domain: string): Promise<Post> {
  const both = redis.multi().hvals(keys.subscribers(domain)).lpop(keys.receipts(domain), PAGE);
  const [introductions, receipts] = (await execute(both)) as [string[], string[] | null];
  return {
    subscribers: introductions.map((text) => JSON.parse(text) as Subscriber),
    receipts: (receipts ?? []).map((text) => {
      const [consumer, eventId, state] = JSON.parse(text) as [string, string, Receipt['state']];
      return { consumer, eventId, state };
    }),
    isPartial: receipts?.length === PAGE,
  };
}
