import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { Pool } from 'undici';
import { SEAT_MAP_CHANGED } from '../subscriptions/seat-map.ts';
import { Subscriber } from './subscriber.ts';

export interface SubscribeOptions {
  /** The audience's name in later commands. */
  readonly audience: string;
  readonly url: string;
  readonly authorizations: readonly string[];
  readonly sockets: number;
}

export interface DeliverOptions {
  readonly audience: string;
  readonly publishUrl: string;
  readonly seconds: number;
  /** Events per second; without it an event is published as soon as an earlier one has reached every client. */
  readonly rate?: number;
}

/** Latencies in ms, from the publication of an event to its arrival at a client. */
export interface DeliverResult {
  readonly events: number;
  readonly deliveries: number;
  readonly lost: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** The number of clients that connect concurrently. */
const CONNECTING = 50;

/** The number of events in flight at maximum throughput. */
const WINDOW = 4;

/** Deliveries that take longer after the last publication count as lost. */
const ARRIVAL_TIMEOUT_MS = 60_000;

/** Versions with the same number of digits, so that all events have the same length. */
let nextVersion = 100_000;

/** All clients of one server. */
class Audience {
  readonly size: number;
  readonly #options: SubscribeOptions;
  readonly #subscribers: Subscriber[] = [];
  readonly #publishedAt = new Map<number, { at: number; missing: number }>();
  histogram: RecordableHistogram = createHistogram({ lowest: 1, highest: 120_000_000, figures: 3 });
  deliveries = 0;
  latest = '';
  isBroken = false;
  onComplete: (version: number) => void = () => {};

  constructor(options: SubscribeOptions) {
    this.size = options.sockets;
    this.#options = options;
  }

  /** In batches: servers close connections whose first message is late. */
  async subscribe(): Promise<void> {
    for (let first = 0; first < this.size; first += CONNECTING) {
      const some = Array.from({ length: Math.min(CONNECTING, this.size - first) }, () => this.#connect());
      this.#subscribers.push(...some);
      await Promise.all(some.map((subscriber) => subscriber.subscribe()));
    }
  }

  #connect(): Subscriber {
    const { url, authorizations } = this.#options;
    return new Subscriber({
      url: new URL(url),
      authorization: authorizations[this.#subscribers.length % authorizations.length] ?? '',
      query: SEAT_MAP_CHANGED,
      onNext: (message) => this.#arrive(message),
      onLost: () => (this.isBroken = true),
    });
  }

  published(version: number, at: number): void {
    this.#publishedAt.set(version, { at, missing: this.size });
  }

  /** Outstanding deliveries. */
  missing(): number {
    return [...this.#publishedAt.values()].reduce((total, { missing }) => total + missing, 0);
  }

  forget(): void {
    this.#publishedAt.clear();
  }

  close(): void {
    for (const subscriber of this.#subscribers) subscriber.close();
  }

  #arrive(message: Buffer): void {
    const digits = message.indexOf(VERSION) + VERSION.length;
    const version = Number(message.toString('latin1', digits, digits + 6));
    const event = this.#publishedAt.get(version);
    if (!event) return;
    this.histogram.record(Math.max(1, Math.round((performance.now() - event.at) * 1000)));
    this.deliveries++;
    if (event.missing === this.size) this.latest = message.toString();
    if (--event.missing > 0) return;
    this.#publishedAt.delete(version);
    this.onComplete(version);
  }
}

const VERSION = '"version":';
const audiences = new Map<string, Audience>();

/** Connects clients, and resolves when an event has reached all of them. */
export async function subscribe(options: SubscribeOptions & { readonly publishUrl: string }): Promise<void> {
  const audience = new Audience(options);
  audiences.set(options.audience, audience);
  await audience.subscribe();
  // Subscriptions are not acknowledged; an event that reaches every client proves that all are live.
  const deadline = performance.now() + ARRIVAL_TIMEOUT_MS;
  for (;;) {
    const { lost } = await deliver({ ...options, seconds: 0.2, rate: 5 }, 2_000);
    if (lost === 0) return;
    if (performance.now() > deadline)
      throw new Error(`${lost} of ${options.sockets} clients of ${options.audience} received nothing`);
  }
}

export async function unsubscribe({ audience }: { readonly audience: string }): Promise<void> {
  audiences.get(audience)?.close();
  audiences.delete(audience);
}

/** The latest message of an audience, without the event's version. */
export async function latestMessage({ audience }: { readonly audience: string }): Promise<string> {
  return audienceOf(audience)
    .latest.replace(/"version":\d+/, '"version":0')
    .replaceAll(/"status":"\w+"/g, '"status":""');
}

/** Publishes events for a limited time, and waits until all have arrived. */
export async function deliver(options: DeliverOptions, timeoutMs = ARRIVAL_TIMEOUT_MS): Promise<DeliverResult> {
  const audience = audienceOf(options.audience);
  audience.histogram = createHistogram({ lowest: 1, highest: 120_000_000, figures: 3 });
  audience.deliveries = 0;
  const { origin, pathname: path } = new URL(options.publishUrl);
  const pool = new Pool(origin, { connections: WINDOW });
  const startedAt = performance.now();
  const until = startedAt + options.seconds * 1000;
  let events = 0;
  const publish = async () => {
    const version = nextVersion++;
    events++;
    audience.published(version, performance.now());
    const { body } = await pool.request({ path, method: 'POST', body: JSON.stringify({ version }) });
    await body.dump();
  };

  if (options.rate === undefined) await published(audience, publish, until);
  else await publishedAt(options.rate, publish, startedAt, until);
  const lost = await arrived(audience, timeoutMs);
  const seconds = (performance.now() - startedAt) / 1000;
  await pool.close();
  if (audience.isBroken) throw new Error(`Clients of ${options.audience} lost their connection`);
  const [p50 = 0, p99 = 0] = [50, 99].map((percent) => audience.histogram.percentile(percent) / 1000);
  return { events, deliveries: audience.deliveries, lost, seconds, p50, p99, max: audience.histogram.max / 1000 };
}

/** Keeps a number of events in flight. */
function published(audience: Audience, publish: () => Promise<void>, until: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = () => {
      if (performance.now() >= until) resolve();
      else publish().catch(reject);
    };
    audience.onComplete = next;
    for (let event = 0; event < WINDOW; event++) next();
  });
}

/** Publishes at a fixed rate. */
function publishedAt(rate: number, publish: () => Promise<void>, startedAt: number, until: number): Promise<void> {
  let due = 0;
  return new Promise((resolve, reject) => {
    const timer = setInterval(() => {
      for (; startedAt + (due * 1000) / rate <= performance.now(); due++) {
        if (startedAt + (due * 1000) / rate >= until) {
          clearInterval(timer);
          return resolve();
        }
        publish().catch(reject);
      }
    }, 1);
  });
}

/** Waits for events in flight. @returns how many deliveries were lost */
async function arrived(audience: Audience, timeoutMs: number): Promise<number> {
  const deadline = performance.now() + timeoutMs;
  audience.onComplete = () => {};
  while (audience.missing() > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 2));
  const lost = audience.missing();
  audience.forget();
  return lost;
}

function audienceOf(name: string): Audience {
  const audience = audiences.get(name);
  if (!audience) throw new Error(`There is no audience ${name}`);
  return audience;
}
