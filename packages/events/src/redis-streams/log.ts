import { randomUUID } from 'node:crypto';
import { commandConnection, readerConnection } from '@marquee/redis';
import type { Redis } from 'ioredis';

import type { EventCatalogue } from '../catalogue.ts';
import { encodeEvent, type DomainEvent } from '../event.ts';
import type { Delivery, EventLog, LogWatcher, Push, Subscription } from '../event-log.ts';
import { pushChannel } from '../push-channel.ts';
import { deadLettersOf, replayDeadLettersOf } from './dead-letters.ts';
import { RedisStreamsDelivery } from './delivery.ts';
import { ConsumerGroup, fieldOf } from './group.ts';
import { streamKeys, type StreamKeys } from './keys.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface RedisStreamsLogOptions {
  /** A connection to copy; the log opens its own. */
  readonly redis: Redis;
  readonly catalogue: EventCatalogue;
  /** The prefix of every key and channel. */
  readonly namespace: string;
  /** The shortest time that events are kept, in milliseconds; three days by default. */
  readonly retentionMs?: number;
}

/**
 * The event log on Redis Streams: one stream for each domain, one consumer group for each consumer.
 *
 * Appending trims events older than the retention; Redis trims whole blocks of entries, so some stay longer.
 */
export function redisStreamsLog(options: RedisStreamsLogOptions): EventLog {
  return new RedisStreamsLog(options);
}

class RedisStreamsLog implements EventLog {
  readonly retentionMs: number;
  readonly catalogue: EventCatalogue;
  private readonly source: Redis;
  private readonly commands: Redis;
  private readonly keys: StreamKeys;
  private readonly namespace: string;

  constructor({ redis, catalogue, namespace, retentionMs = 3 * DAY_MS }: RedisStreamsLogOptions) {
    this.source = redis;
    this.commands = commandConnection(redis);
    this.catalogue = catalogue;
    this.namespace = namespace;
    this.keys = streamKeys(namespace);
    this.retentionMs = retentionMs;
  }

  async append(domain: string, events: readonly DomainEvent[], pushes: readonly Push[]): Promise<void> {
    const transaction = this.commands.multi();
    const oldest = `${Date.now() - this.retentionMs}-0`;
    for (const event of events) {
      const fields = ['type', event.type, 'key', event.key, 'id', event.id, 'event', encodeEvent(event)];
      transaction.xadd(this.keys.events(domain), 'MINID', '~', oldest, '*', ...fields);
    }
    for (const { channel, message } of pushes) {
      transaction.publish(pushChannel(this.namespace, channel), JSON.stringify(message));
    }
    const results = await transaction.exec();
    for (const [failure] of results ?? []) if (failure) throw failure;
  }

  async newestEventId(domain: string): Promise<string | null> {
    const [newest] = await this.commands.xrevrange(this.keys.events(domain), '+', '-', 'COUNT', 1);
    return (newest && fieldOf(newest[1], 'id')) ?? null;
  }

  watch({ lost, reached }: LogWatcher): () => void {
    this.commands.on('close', lost).on('ready', reached);
    return () => void this.commands.off('close', lost).off('ready', reached);
  }

  subscribe(subscription: Subscription): Delivery {
    const { consumer, types } = subscription;
    const domains = [...new Set(types.map(this.catalogue.domainOf))];
    const streams = [...domains.map((domain) => this.keys.events(domain)), this.keys.replays(consumer)];
    const reader = readerConnection(this.source);
    const group = new ConsumerGroup(this.commands, reader, this.keys, { consumer, instance: randomUUID(), streams });
    return new RedisStreamsDelivery(group, subscription, this.catalogue, () => reader.disconnect());
  }

  deadLetters(consumer: string): ReturnType<EventLog['deadLetters']> {
    return deadLettersOf(this.commands, this.keys, consumer);
  }

  replayDeadLetters(consumer: string): Promise<number> {
    return replayDeadLettersOf(this.commands, this.keys, consumer);
  }

  async ping(): Promise<void> {
    await this.commands.ping();
  }

  async close(): Promise<void> {
    this.commands.disconnect();
  }
}
