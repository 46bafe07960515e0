import type { Redis } from 'ioredis';

import { encodeEvent } from '../event.ts';
import type { Publication } from '../event-log.ts';
import { pushChannel } from '../push-channel.ts';
import type { StreamKeys } from './keys.ts';

/** Longer than an attempt stays in doubt. */
const APPENDED_TTL_SECONDS = 86_400;

/**
 * Appends and pushes what has not been appended before. A command that timed out may be carried out after all, when a
 * Redis that stood still goes on; its events must be neither delivered nor pushed twice.
 *
 * The arguments are flat, for a document would be parsed while Redis does nothing else: five of all, the confirmed ids, then
 * for each event its id, type, key, text and pushes, a channel and a message each.
 */
const APPEND = `
local oldest, maxEntries, now, ttl, confirmed = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
for at = 6, 5 + confirmed do redis.call('ZREM', KEYS[2], ARGV[at]) end
local at = 6 + confirmed
while at < #ARGV do
  local pushes = tonumber(ARGV[at + 4])
  if redis.call('ZADD', KEYS[2], 'NX', now, ARGV[at]) == 1 then
    redis.call('XADD', KEYS[1], '*', 'type', ARGV[at + 1], 'key', ARGV[at + 2], 'id', ARGV[at], 'event', ARGV[at + 3])
    for push = at + 5, at + 3 + 2 * pushes, 2 do redis.call('PUBLISH', ARGV[push], ARGV[push + 1]) end
  end
  at = at + 5 + 2 * pushes
end
redis.call('XTRIM', KEYS[1], 'MINID', '~', oldest)
redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', maxEntries)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ttl)
redis.call('EXPIRE', KEYS[2], ttl)`;

export interface AppendOptions {
  readonly domain: string;
  readonly namespace: string;
  /** Older entries may be trimmed. */
  readonly oldest: Date;
  /** More entries may be trimmed, the oldest first. */
  readonly maxEntries: number;
  readonly confirmed: readonly string[];
}

export async function appendPublications(
  redis: Redis,
  keys: StreamKeys,
  publications: readonly Publication[],
  { domain, namespace, oldest, maxEntries, confirmed }: AppendOptions,
): Promise<void> {
  const entries = publications.flatMap(({ event, pushes }) => [
    ...[event.id, event.type, event.key, encodeEvent(event), pushes.length],
    ...pushes.flatMap(({ channel, message }) => [pushChannel(namespace, channel), JSON.stringify(message)]),
  ]);
  const limits = [`${oldest.getTime()}-0`, maxEntries, Math.floor(Date.now() / 1_000), APPENDED_TTL_SECONDS];
  const stored = [keys.events(domain), keys.appended(domain)];
  await redis.eval(APPEND, 2, ...stored, ...limits, confirmed.length, ...confirmed, ...entries);
}
