import { randomUUID } from 'node:crypto';
import { commandConnection, readerConnection } from '@marquee/redis';
import type { Redis } from 'ioredis';

import type { EventCatalogue } from '../catalogue.ts';
import { type DomainEvent, encodeEvent } from '../event.ts';
import type { Delivery, EventLog, Post, Publication, Subscription } from '../event-log.ts';
import { appendPublications } from './append.ts';
import { RedisStreamsDelivery } from './delivery.ts';
import { ConsumerGroup } from './group.ts';
import { streamKeys, type StreamKeys } from './keys.ts';
import { execute } from './pipeline.ts';
import { takePost } from './post.ts';
import { waitingIn } from './stream-entries.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const REDELIVERED_KEPT = 10_000;

/** About 150 MB of a domain's events. */
const MAX_ENTRIES = 200_000;

export interface RedisStreamsLogOptions {
  /** A connection to copy; the log opens its own. */
  readonly redis: Redis;
  readonly catalogue: EventCatalogue;
  /** The prefix of every key and channel. */
  readonly namespace: string;
  /** The shortest time that events are kept, in milliseconds; three days by default. */
  readonly retentionMs?: number;
  /** Events of a domain that are kept at most; 200,000 by default. */
  readonly maxEntries?: number;
}

/**
 * The event log on Redis Streams: one stream for each domain, one consumer group for each consumer.
 *
 * Appending trims events older than the retention, and those beyond the most that are kept; Redis trims whole blocks of
 * entries, so some stay longer. An event that is trimmed before a consumer has it is delivered again from the outbox.
 */
export function redisStreamsLog(options: RedisStreamsLogOptions): EventLog {
  return new RedisStreamsLog(options);
}

class RedisStreamsLog implements EventLog {
  readonly catalogue: EventCatalogue;
  private readonly retentionMs: number;
  private readonly maxEntries: number;
  private readonly source: Redis;
  private readonly commands: Redis;
  private readonly keys: StreamKeys;
  private readonly namespace: string;

  constructor({
    redis,
    catalogue,
    namespace,
    retentionMs = 3 * DAY_MS,
    maxEntries = MAX_ENTRIES,
  }: RedisStreamsLogOptions) {
    this.maxEntries = maxEntries;
    this.source = redis;
    this.commands = commandConnection(redis);
    this.catalogue = catalogue;
    this.namespace = namespace;
    this.keys = streamKeys(namespace);
    this.retentionMs = retentionMs;
  }

  append(domain: string, publications: readonly Publication[], confirmed: readonly string[] = []): Promise<void> {
    const oldest = new Date(Date.now() - this.retentionMs);
    const { commands, keys, namespace, maxEntries } = this;
    return appendPublications(commands, keys, publications, { domain, namespace, oldest, maxEntries, confirmed });
  }

  async redeliver(consumer: string, events: readonly DomainEvent[]): Promise<void> {
    const transaction = this.commands.multi();
    for (const event of events) {
      const fields = ['type', event.type, 'key', event.key, 'id', event.id, 'event', encodeEvent(event)];
      transaction.xadd(this.keys.redelivered(consumer), 'MAXLEN', '~', REDELIVERED_KEPT, '*', ...fields);
    }
    await execute(transaction);
  }

  async waitingFor(consumer: string, domain: string): Promise<number | null> {
    const streams = [this.keys.events(domain), this.keys.redelivered(consumer)];
    const [published = null, redelivered = null] = await Promise.all(
      streams.map((stream) => waitingIn(this.commands, stream, consumer)),
    );
    return published === null || redelivered === null ? null : published + redelivered;
  }

  takePost(domain: string): Promise<Post> {
    return takePost(this.commands, this.keys, domain);
  }

  async setHorizon(consumer: string, domain: string, horizon: Date): Promise<void> {
    await this.commands.hset(this.keys.horizons(consumer), domain, horizon.toISOString());
  }

  async horizons(consumer: string): Promise<ReadonlyMap<string, Date>> {
    const found = await this.commands.hgetall(this.keys.horizons(consumer));
    return new Map(Object.entries(found).map(([domain, horizon]) => [domain, new Date(horizon)]));
  }

  subscribe(subscription: Subscription): Delivery {
    const { consumer, types } = subscription;
    const domains = [...new Set(types.map(this.catalogue.domainOf))];
    const reader = readerConnection(this.source);
    const group = new ConsumerGroup(this.commands, reader, this.keys, { consumer, instance: randomUUID(), domains });
    return new RedisStreamsDelivery(group, subscription, this.catalogue, () => reader.disconnect());
  }

  async ping(): Promise<void> {
    await this.commands.ping();
  }

  async close(): Promise<void> {
    this.commands.disconnect();
  }
}
