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
 */
const APPEND = `
for _, id in ipairs(cjson.decode(ARGV[1])) do redis.call('SREM', KEYS[2], id) end
for _, publication in ipairs(cjson.decode(ARGV[4])) do
  if redis.call('SADD', KEYS[2], publication.id) == 1 then
    redis.call('XADD', KEYS[1], 'MINID', '~', ARGV[2], '*',
      'type', publication.type, 'key', publication.key, 'id', publication.id, 'event', publication.event)
    for _, push in ipairs(publication.pushes) do redis.call('PUBLISH', push.channel, push.message) end
  end
end
redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', ARGV[5])
redis.call('EXPIRE', KEYS[2], ARGV[3])`;

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
  const entries = publications.map(({ event, pushes }) => ({
    ...{ id: event.id, type: event.type, key: event.key, event: encodeEvent(event) },
    pushes: pushes.map(({ channel, message }) => ({
      channel: pushChannel(namespace, channel),
      message: JSON.stringify(message),
    })),
  }));
  await redis.eval(
    APPEND,
    2,
    keys.events(domain),
    keys.appended(domain),
    JSON.stringify(confirmed),
    `${oldest.getTime()}-0`,
    APPENDED_TTL_SECONDS,
    JSON.stringify(entries),
    maxEntries,
  );
}
