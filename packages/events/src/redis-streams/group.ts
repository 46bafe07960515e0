import type { Redis } from 'ioredis';

import type { Receipt, Subscriber } from '../event-log.ts';
import type { StreamKeys } from './keys.ts';
import { groupedBy } from './grouped.ts';
import { execute } from './pipeline.ts';
import { pushReceipts, sendIntroduction } from './post.ts';
import { type Entry, fieldOf, type Fields, type RawEntry, toEntry, waitingIn } from './stream-entries.ts';

const PAGE = 100;
const BLOCK_MS = 2_000;
const HEARTBEAT_TTL_MS = 3_000;

/** An entry that was delivered but not acknowledged. */
export interface PendingEntry {
  readonly id: string;
  /** The process that it was delivered to. */
  readonly owner: string;
  readonly idleMs: number;
  readonly deliveries: number;
}

/**
 * Removes a dead process from the group. Redis drops the pending entries of a consumer that it deletes, so it must have
 * none; a script makes the check and the deletion atomic.
 */
const REMOVE_CONSUMER = `
if redis.call('EXISTS', KEYS[2]) == 0 and #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) == 0 then
  return redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
end
return 0`;

/** One process among those that share a consumer's events. */
export interface GroupMember {
  readonly consumer: string;
  readonly instance: string;
  /** The domains whose events it reads. */
  readonly domains: readonly string[];
}

/** One process's membership in a consumer group, over all the streams that the consumer reads. */
export class ConsumerGroup {
  readonly instance: string;
  readonly streams: readonly string[];
  private readonly domains: readonly string[];
  private readonly consumer: string;
  private readonly commands: Redis;
  private readonly reader: Redis;
  private readonly keys: StreamKeys;
  private readerId: number | null = null;

  /** @param reader a connection for blocking reads, used by nothing else */
  constructor(commands: Redis, reader: Redis, keys: StreamKeys, member: GroupMember) {
    this.instance = member.instance;
    this.domains = member.domains;
    this.streams = [...member.domains.map(keys.events), keys.redelivered(member.consumer)];
    this.consumer = member.consumer;
    this.commands = commands;
    this.reader = reader;
    this.keys = keys;
  }

  /** Introduces the consumer to the domains. */
  async introduce(self: Omit<Subscriber, 'consumer' | 'at'>): Promise<void> {
    const at = new Date().toISOString();
    await sendIntroduction(this.commands, this.keys, this.domains, { ...self, consumer: this.consumer, at });
  }

  /** Joins the group on each stream. A new group starts at the stream's beginning. */
  async join(): Promise<void> {
    await this.sendHeartbeat();
    this.readerId = await this.reader.client('ID');
    for (const stream of this.streams) {
      await this.commands.xgroup('CREATE', stream, this.consumer, '0', 'MKSTREAM').catch(ignoreBusyGroup);
    }
  }

  /** Marks this process as alive for three seconds. */
  async sendHeartbeat(): Promise<void> {
    await this.commands.set(this.keys.alive(this.consumer, this.instance), '1', 'PX', HEARTBEAT_TTL_MS);
  }

  /** Waits up to two seconds for new entries. */
  async read(count: number): Promise<Entry[]> {
    const group = ['GROUP', this.consumer, this.instance] as const;
    const limits = ['COUNT', count, 'BLOCK', BLOCK_MS] as const;
    const cursors = this.streams.map(() => '>');
    const reply = (await this.reader.call(
      'XREADGROUP',
      ...group,
      ...limits,
      'STREAMS',
      ...this.streams,
      ...cursors,
    )) as readonly (readonly [stream: string, entries: readonly RawEntry[]])[] | null;
    return (reply ?? []).flatMap(([stream, entries]) => entries.map((raw) => toEntry(stream, raw, 1)));
  }

  /** Ends a blocking read; no entry is lost. */
  async interruptRead(): Promise<void> {
    if (this.readerId !== null) await this.commands.client('UNBLOCK', this.readerId);
  }

  /** The pending entries of a stream, oldest first. */
  async *pending(stream: string): AsyncGenerator<PendingEntry> {
    let from = '-';
    for (;;) {
      const page = (await this.commands.xpending(stream, this.consumer, from, '+', PAGE)) as readonly [
        id: string,
        owner: string,
        idleMs: number,
        deliveries: number,
      ][];
      for (const [id, owner, idleMs, deliveries] of page) yield { id, owner, idleMs, deliveries };
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      from = `(${last[0]}`;
    }
  }

  /** Claims a pending entry for another attempt; null when another process was faster or the entry was trimmed. */
  async claim(stream: string, { id, idleMs, deliveries }: PendingEntry): Promise<Entry | null> {
    const reply = (await this.commands.xclaim(stream, this.consumer, this.instance, idleMs, id)) as RawEntry[];
    const raw = reply[0];
    return raw ? toEntry(stream, raw, deliveries + 1) : null;
  }

  /** Restarts the entry's backoff. @param attempts attempts made so far */
  async postpone({ stream, id }: Entry, attempts: number): Promise<void> {
    const state = ['IDLE', 0, 'RETRYCOUNT', attempts, 'JUSTID'] as const;
    await this.commands.call('XCLAIM', stream, this.consumer, this.instance, 0, id, ...state);
  }

  /**
   * Takes entries off the group's list, and tells the domains of their events.
   *
   * @param domainOf - null for an entry whose domain is to hear nothing
   */
  async settle(entries: readonly Entry[], domainOf: (entry: Entry) => string | null): Promise<void> {
    const pipeline = this.commands.pipeline();
    for (const [stream, inStream] of groupedBy(entries, (entry) => entry.stream))
      pipeline.xack(stream, this.consumer, ...inStream.map(({ id }) => id));
    const receipted = entries.filter(({ eventId }) => eventId !== '');
    for (const [domain, ofDomain] of groupedBy(receipted, domainOf))
      if (domain !== null) pushReceipts(pipeline, this.keys.receipts(domain), this.receiptsOf(ofDomain, 'settled'));
    await execute(pipeline);
  }

  /** Tells a domain how its events go. */
  async sendReceipts(domain: string, entries: readonly Entry[], state: Receipt['state']): Promise<void> {
    await execute(pushReceipts(this.commands.pipeline(), this.keys.receipts(domain), this.receiptsOf(entries, state)));
  }

  private receiptsOf(entries: readonly Entry[], state: Receipt['state']): Receipt[] {
    return entries.map(({ eventId }) => ({ consumer: this.consumer, eventId, state }));
  }

  async isAlive(instance: string): Promise<boolean> {
    return (await this.commands.exists(this.keys.alive(this.consumer, instance))) === 1;
  }

  /** Removes the dead processes that have no pending entries. */
  async removeDeadConsumers(): Promise<void> {
    for (const stream of this.streams) {
      const consumers = (await this.commands.xinfo('CONSUMERS', stream, this.consumer)) as Fields[];
      for (const fields of consumers) await this.removeConsumer(stream, fieldOf(fields, 'name') ?? '');
    }
  }

  /** Leaves the group; the other members take over pending entries at once. */
  async leave(): Promise<void> {
    await this.commands.del(this.keys.alive(this.consumer, this.instance));
    for (const stream of this.streams) await this.removeConsumer(stream, this.instance);
  }

  private async removeConsumer(stream: string, instance: string): Promise<void> {
    await this.commands.eval(
      REMOVE_CONSUMER,
      2,
      stream,
      this.keys.alive(this.consumer, instance),
      this.consumer,
      instance,
    );
  }

  async waiting(): Promise<number> {
    const waiting = await Promise.all(this.streams.map((stream) => waitingIn(this.commands, stream, this.consumer)));
    return waiting.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  }

  /** Describes what is left to handle in a stream; null when nothing is. */
  async pendingWork(stream: string): Promise<string | null> {
    const [info, groups] = (await Promise.all([
      this.commands.xinfo('STREAM', stream),
      this.commands.xinfo('GROUPS', stream),
    ])) as [Fields, Fields[]];
    const group = groups.find((fields) => fieldOf(fields, 'name') === this.consumer);
    if (group === undefined) return `${stream} has no group ${this.consumer} yet`;
    const pending = Number(fieldOf(group, 'pending'));
    if (pending > 0) return `${stream} has ${pending} pending`;
    const unread = fieldOf(group, 'last-delivered-id') !== fieldOf(info, 'last-generated-id');
    return unread ? `${stream} has entries not read yet` : null;
  }
}

function ignoreBusyGroup(error: Error): void {
  if (!error.message.startsWith('BUSYGROUP')) throw error;
}
