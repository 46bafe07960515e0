import { pushChannel } from '@marquee/events/push-channel';
import { onResubscribed, subscriberConnection } from '@marquee/redis';
import type { Log } from '@marquee/telemetry';
import type { Redis } from 'ioredis';

/** The push channel on which accounts announces each session that it ends. */
export const SESSION_REVOKED = 'session-revoked';

/** The sorted set of ended sessions; score: when their last access token expires, in Unix milliseconds. */
export function revokedSessionsKey(namespace: string): string {
  return `${namespace}:revoked-sessions`;
}

export interface RevokedSessionsOptions {
  readonly redis: Redis;
  /** The prefix of all keys and channels. */
  readonly namespace: string;
  readonly log: Log;
  readonly now?: () => number;
}

/** How often sessions whose access tokens have expired are removed. */
const PURGE_INTERVAL_MS = 60_000;
const RETRY_MS = 1_000;

/**
 * The sessions that were revoked before their access tokens expire, in memory.
 *
 * They are read at the start and after each reconnect, when messages may have been missed.
 */
export class RevokedSessions {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #channel: string;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #until = new Map<string, number>();
  readonly #listeners = new Set<(sessionId: string) => void>();
  #subscriber: Redis | undefined;
  #purge: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor({ redis, namespace, log, now = Date.now }: RevokedSessionsOptions) {
    this.#redis = redis;
    this.#key = revokedSessionsKey(namespace);
    this.#channel = pushChannel(namespace, SESSION_REVOKED);
    this.#log = log;
    this.#now = now;
  }

  /** Subscribes before it reads, so that no session is missed in between. */
  async start(): Promise<void> {
    this.#subscriber = subscriberConnection(this.#redis, this.#key);
    this.#subscriber.on('message', (_channel, message) => this.#onMessage(message));
    await this.#subscriber.subscribe(this.#channel);
    await this.#load();
    onResubscribed(this.#subscriber, () => void this.#reload());
    this.#purge = setInterval(() => this.#purgeExpired(), PURGE_INTERVAL_MS).unref();
  }

  has(sessionId: string): boolean {
    return this.#until.has(sessionId);
  }

  /** Calls `listener` for each session that is revoked from now on. @returns a function that unsubscribes */
  onRevoked(listener: (sessionId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#purge);
    clearTimeout(this.#retry);
    this.#listeners.clear();
    this.#subscriber?.disconnect();
  }

  async #load(): Promise<void> {
    const members = await this.#redis.zrangebyscore(this.#key, this.#now(), '+inf', 'WITHSCORES');
    for (let index = 0; index + 1 < members.length; index += 2) {
      this.#add(String(members[index]), Number(members[index + 1]));
    }
  }

  /** Reads what was missed, until that succeeds. */
  async #reload(): Promise<void> {
    clearTimeout(this.#retry);
    try {
      await this.#load();
    } catch (error) {
      if (this.#isStopped) return;
      this.#log.warn({ err: error }, 'revoked sessions could not be read again');
      this.#retry = setTimeout(() => void this.#reload(), RETRY_MS).unref();
    }
  }

  #onMessage(message: string): void {
    try {
      const { sessionId, until } = JSON.parse(message) as { sessionId?: unknown; until?: unknown };
      const untilMs = typeof until === 'number' ? until : Date.parse(String(until));
      if (typeof sessionId === 'string' && Number.isFinite(untilMs)) this.#add(sessionId, untilMs);
    } catch (error) {
      this.#log.warn({ err: error }, 'a message about a revoked session could not be read');
    }
  }

  #add(sessionId: string, until: number): void {
    const isNew = !this.#until.has(sessionId);
    this.#until.set(sessionId, until);
    if (isNew) for (const listener of this.#listeners) listener(sessionId);
  }

  #purgeExpired(): void {
    const now = this.#now();
    for (const [sessionId, until] of this.#until) if (until < now) this.#until.delete(sessionId);
  }
}
