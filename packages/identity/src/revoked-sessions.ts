import { pushChannel } from '@marquee/events/push-channel';
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
  /** Prefix of all keys and channels. */
  readonly namespace: string;
  readonly log: Log;
  readonly now?: () => number;
}

/** How often sessions whose tokens have all expired are forgotten, ms. */
const FORGET_EVERY_MS = 60_000;

/**
 * The sessions that were ended before their access tokens expire, kept in memory.
 *
 * They are read at the start and after each reconnect, since messages may have been missed; while Redis is away, what
 * is known stays known.
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
  #forget: NodeJS.Timeout | undefined;

  constructor({ redis, namespace, log, now = Date.now }: RevokedSessionsOptions) {
    this.#redis = redis;
    this.#key = revokedSessionsKey(namespace);
    this.#channel = pushChannel(namespace, SESSION_REVOKED);
    this.#log = log;
    this.#now = now;
  }

  /** Subscribes first and reads then, so that no session is lost in between. */
  async start(): Promise<void> {
    this.#subscriber = this.#redis.duplicate({ connectionName: this.#key });
    this.#subscriber.on('error', (error) =>
      this.#log.warn({ err: error }, 'the connection for revoked sessions failed'),
    );
    this.#subscriber.on('message', (_channel, message) => this.#hear(message));
    await this.#subscriber.subscribe(this.#channel);
    await this.#read();
    this.#subscriber.on('ready', () => {
      this.#read().catch((error: unknown) =>
        this.#log.warn({ err: error }, 'revoked sessions could not be read again'),
      );
    });
    this.#forget = setInterval(() => this.#forgetOld(), FORGET_EVERY_MS).unref();
  }

  has(sessionId: string): boolean {
    return this.#until.has(sessionId);
  }

  /** Calls `listener` for each session that ends from now on; returns the function that stops it. */
  onRevoked(listener: (sessionId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    clearInterval(this.#forget);
    this.#listeners.clear();
    this.#subscriber?.disconnect();
  }

  async #read(): Promise<void> {
    const members = await this.#redis.zrangebyscore(this.#key, this.#now(), '+inf', 'WITHSCORES');
    for (let index = 0; index + 1 < members.length; index += 2) {
      this.#add(String(members[index]), Number(members[index + 1]));
    }
  }

  #hear(message: string): void {
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

  #forgetOld(): void {
    const now = this.#now();
    for (const [sessionId, until] of this.#until) if (until < now) this.#until.delete(sessionId);
  }
}
