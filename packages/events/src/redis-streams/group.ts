import type { Redis } from 'ioredis';

import type { Backlog } from '../event-log.ts';
import type { StreamKeys } from './keys.ts';

const PAGE = 100;
const BLOCK_MS = 2_000;
const ALIVE_MS = 3_000;
const DEAD_LETTERS_KEPT = 100_000;

/** An event as it lies in a stream. */
export interface Entry {
  readonly stream: string;
  readonly id: string;
  readonly type: string;
  readonly key: string;
  readonly event: string;
  /** How often it was delivered, this time included. */
  readonly attempt: number;
}

/** An entry that was delivered and neither handled nor given up. */
export interface PendingEntry {
  readonly id: string;
  /** The process it was delivered to. */
  readonly owner: string;
  readonly idleMs: number;
  readonly deliveries: number;
}

type Fields = readonly string[];
type RawEntry = readonly [id: string, fields: Fields | null];

/**
 * Forgets a process that is gone. Redis drops what is pending of a consumer it deletes, so nothing may be; a script
 * makes the check and the deletion one.
 */
const FORGET_CONSUMER = `
if redis.call('EXISTS', KEYS[2]) == 0 and #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) == 0 then
  return redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
end
return 0`;

/** Which seat: of which consumer, by which process, at which streams. */
export interface Seat {
  readonly consumer: string;
  readonly instance: string;
  readonly streams: readonly string[];
}

/** One process's seat in a consumer group, over all the streams that the consumer reads. */
export class ConsumerGroup {
  readonly instance: string;
  readonly streams: readonly string[];
  private readonly consumer: string;
  private readonly commands: Redis;
  private readonly reader: Redis;
  private readonly keys: StreamKeys;
  private readerId: number | null = null;

  /** @param reader a connection that nobody else uses: reads block it */
  constructor(commands: Redis, reader: Redis, keys: StreamKeys, seat: Seat) {
    this.instance = seat.instance;
    this.streams = seat.streams;
    this.consumer = seat.consumer;
    this.commands = commands;
    this.reader = reader;
    this.keys = keys;
  }

  /** Makes the group on each stream, from the stream's beginning, where there is none. */
  async join(): Promise<void> {
    await this.beat();
    this.readerId = await this.reader.client('ID');
    for (const stream of this.streams) {
      await this.commands.xgroup('CREATE', stream, this.consumer, '0', 'MKSTREAM').catch(ignoreBusyGroup);
    }
  }

  /** Says that this process is alive, for three seconds. */
  async beat(): Promise<void> {
    await this.commands.set(this.keys.alive(this.consumer, this.instance), '1', 'PX', ALIVE_MS);
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
    return (reply ?? []).flatMap(([stream, entries]) => entries.map((raw) => entryOf(stream, raw, 1)));
  }

  /** Makes a waiting read return; nothing of the stream is lost with it. */
  async interruptRead(): Promise<void> {
    if (this.readerId !== null) await this.commands.client('UNBLOCK', this.readerId);
  }

  /** Everything that was delivered and is neither handled nor given up, oldest first. */
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

  /** Takes a pending entry over for another attempt; null when another process was faster or it is trimmed. */
  async claim(stream: string, { id, idleMs, deliveries }: PendingEntry): Promise<Entry | null> {
    const reply = (await this.commands.xclaim(stream, this.consumer, this.instance, idleMs, id)) as RawEntry[];
    const raw = reply[0];
    return raw ? entryOf(stream, raw, deliveries + 1) : null;
  }

  /** Starts the clock of the entry's next attempt now. @param attempts how many were made so far */
  async postpone({ stream, id }: Entry, attempts: number): Promise<void> {
    const state = ['IDLE', 0, 'RETRYCOUNT', attempts, 'JUSTID'] as const;
    await this.commands.call('XCLAIM', stream, this.consumer, this.instance, 0, id, ...state);
  }

  async ack({ stream, id }: Entry): Promise<void> {
    await this.commands.xack(stream, this.consumer, id);
  }

  /** Moves the entry to the consumer's dead letters. */
  async bury(entry: Entry, error: string, failedAt: Date): Promise<void> {
    const { stream, id, type, key, event, attempt } = entry;
    const letter = { type, key, event, error, attempts: attempt, failedAt: failedAt.toISOString() };
    const results = await this.commands
      .multi()
      .xadd(this.keys.dead(this.consumer), 'MAXLEN', '~', DEAD_LETTERS_KEPT, '*', ...Object.entries(letter).flat())
      .xack(stream, this.consumer, id)
      .exec();
    for (const [failure] of results ?? []) if (failure) throw failure;
  }

  /** Whether another process of the consumer still runs. */
  async isAlive(instance: string): Promise<boolean> {
    return (await this.commands.exists(this.keys.alive(this.consumer, instance))) === 1;
  }

  /** Forgets the processes of the consumer that are gone and owe nothing. */
  async forgetTheGone(): Promise<void> {
    for (const stream of this.streams) {
      const consumers = (await this.commands.xinfo('CONSUMERS', stream, this.consumer)) as Fields[];
      for (const fields of consumers) await this.forget(stream, fieldOf(fields, 'name') ?? '');
    }
  }

  /** Gives this process's seat up; what it owes goes to the others at once. */
  async leave(): Promise<void> {
    await this.commands.del(this.keys.alive(this.consumer, this.instance));
    for (const stream of this.streams) await this.forget(stream, this.instance);
  }

  private async forget(stream: string, instance: string): Promise<void> {
    await this.commands.eval(
      FORGET_CONSUMER,
      2,
      stream,
      this.keys.alive(this.consumer, instance),
      this.consumer,
      instance,
    );
  }

  async backlog(): Promise<Backlog> {
    const [dead, ...waiting] = await Promise.all([
      this.commands.xlen(this.keys.dead(this.consumer)),
      ...this.streams.map((stream) => this.waitingIn(stream)),
    ]);
    return { dead, waiting: waiting.reduce((sum, count) => sum + count, 0) };
  }

  private async waitingIn(stream: string): Promise<number> {
    const groups = (await this.commands.xinfo('GROUPS', stream)) as Fields[];
    const group = groups.find((fields) => fieldOf(fields, 'name') === this.consumer) ?? [];
    // Redis does not know how many are unread after some kinds of deletion: then it says nothing.
    return Number(fieldOf(group, 'pending') ?? 0) + Number(fieldOf(group, 'lag') ?? 0);
  }

  /** What is still to be done in a stream, as words; null when nothing is. */
  async owing(stream: string): Promise<string | null> {
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

function entryOf(stream: string, [id, fields]: RawEntry, attempt: number): Entry {
  const field = (name: string): string => (fields && fieldOf(fields, name)) ?? '';
  return { stream, id, type: field('type'), key: field('key'), event: field('event'), attempt };
}

/** The value of a name in a flat list of names and values. */
export function fieldOf(fields: Fields, name: string): string | undefined {
  const at = fields.findIndex((field, position) => position % 2 === 0 && field === name);
  return at === -1 ? undefined : fields[at + 1];
}

function ignoreBusyGroup(error: Error): void {
  if (!error.message.startsWith('BUSYGROUP')) throw error;
}
