import { isDatabaseOutage } from '@marquee/database';
import type { Tracer } from '@marquee/telemetry';

import { type EventOrigin, withOrigin } from './event-origin.ts';
import type { Feed } from './feed.ts';
import { traceMessage } from './message-trace.ts';

/** Messages that wait for a slow reader; beyond it they are dropped, and what they announced is read again. */
const MAX_WAITING = 256;
const OUTAGE_PAUSE_MS = 500;

/** Stands in the queue for messages that may be missing. */
const MISSED = Symbol('missed');

export interface FeedStreamOptions {
  readonly tracer: Tracer | undefined;
  /** Called once when the stream has ended. */
  readonly onEnd: () => void;
}

/**
 * The events of a feed for one subscriber, read by one `next()` at a time.
 *
 * Unlike that of an async generator, `return()` resolves while a `next()` is pending.
 */
export class FeedStream<Message, RootValue extends object> implements AsyncIterableIterator<RootValue> {
  readonly #feed: Feed<Message, RootValue>;
  readonly #options: FeedStreamOptions;
  readonly #ready: RootValue[] = [];
  #waiting: (Message | typeof MISSED)[] = [];
  #version: number;
  #wake: () => void = () => undefined;
  #end: { error?: unknown } | undefined;

  /** @param after the version that the subscriber knows */
  constructor(feed: Feed<Message, RootValue>, after: number, options: FeedStreamOptions) {
    this.#feed = feed;
    this.#version = after;
    this.#options = options;
  }

  receive(message: Message): void {
    if (this.#waiting.length >= MAX_WAITING) this.#waiting = [MISSED];
    else this.#waiting.push(message);
    this.#wake();
  }

  /** Reads what the subscriber may have missed. */
  recheck(): void {
    if (this.#waiting.at(-1) !== MISSED) this.#waiting.push(MISSED);
    this.#wake();
  }

  /** Tells the subscriber that the subscription is live. */
  start(): void {
    if (this.#end) return;
    this.#ready.push(withOrigin({} as RootValue, { isStart: true, version: this.#version }));
    this.#wake();
  }

  async next(): Promise<IteratorResult<RootValue, undefined>> {
    for (;;) {
      const value = this.#ready.shift();
      if (value !== undefined) return { value, done: false };
      if (this.#end) return this.#ended(this.#end);
      const item = this.#waiting.shift();
      if (item === undefined) await this.#arrival();
      else await this.#read(item);
    }
  }

  async return(): Promise<IteratorResult<RootValue, undefined>> {
    this.#finish({});
    this.#ready.length = 0;
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #read(item: Message | typeof MISSED): Promise<void> {
    try {
      if (item === MISSED) await this.#readMissed();
      else await this.#readMessage(item);
    } catch (error) {
      if (!isDatabaseOutage(error)) return this.#finish({ error });
      this.#waiting.unshift(MISSED);
      await this.#pause();
    }
  }

  async #readMessage(message: Message): Promise<void> {
    const { isGapless = false, versionOf, eventOf } = this.#feed;
    const { rootValue, trace } = await traceMessage(this.#options.tracer, message, eventOf);
    const version = versionOf(rootValue);
    const isNext = isGapless ? version === this.#version + 1 : version > this.#version;
    if (isNext) return this.#push(rootValue, version, { trace });
    trace.span?.end();
    if (version > this.#version) await this.#readMissed();
  }

  async #readMissed(): Promise<void> {
    const missed = await this.#feed.missedSince(this.#version);
    for (const rootValue of missed) {
      const version = this.#feed.versionOf(rootValue);
      if (version > this.#version) this.#push(rootValue, version, { gap: true });
    }
  }

  #push(rootValue: RootValue, version: number, origin: Pick<EventOrigin, 'trace' | 'gap'>): void {
    if (this.#end) return;
    this.#version = version;
    if (this.#feed.isShown?.(rootValue) === false) return origin.trace?.span?.end();
    this.#ready.push(withOrigin(rootValue, { ...origin, version }));
  }

  #arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Waits for the database, or for the end. */
  async #pause(): Promise<void> {
    const timer = setTimeout(() => this.#wake(), OUTAGE_PAUSE_MS);
    await this.#arrival();
    clearTimeout(timer);
  }

  #finish(end: { error?: unknown }): void {
    if (this.#end) return;
    this.#end = end;
    this.#options.onEnd();
    this.#wake();
  }

  #ended(end: { error?: unknown }): IteratorResult<RootValue, undefined> {
    this.#end = {};
    if ('error' in end) throw end.error;
    return { value: undefined, done: true };
  }
}
