import { createHash, randomUUID } from 'node:crypto';
import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import type { DomainEvent, HandleMany } from '@marquee/events';
import type { Actor, LabelledEvent, Marketplace } from '@marquee/traffic';

import { openStage } from '../../subgraphs/activity/src/adapters/recording/stage.ts';
import { judgeClicks } from '../../subgraphs/activity/src/adapters/risk/clicks.ts';
import { RiskRepository } from '../../subgraphs/activity/src/adapters/risk/people.ts';
import { SignalRepository } from '../../subgraphs/activity/src/adapters/risk/signals.ts';
import { isInForce, type Level } from '../../subgraphs/activity/src/domain/risk/level.ts';
import { riskHandlers } from '../../subgraphs/activity/src/risk-events.ts';
import { scorePeople, type ScorePeopleDeps } from '../../subgraphs/activity/src/use-cases/score-people.ts';

/** Somebody who held, booked or paid, and the truth about them. Whoever only registers cannot be told, and harms nobody. */
export interface ReplayedPerson {
  readonly actor: Actor;
  /** The highest that they got. */
  score: number;
}

/** A booking of an honest person, and the level that they had. */
export interface HonestPurchase {
  readonly level: Level;
  readonly kind: Actor['kind'];
}

export interface Clicks {
  tracked: number;
  suspicious: number;
}

/** The outcome of traffic that went through risk. */
export interface Replayed {
  readonly people: ReadonlyMap<string, ReplayedPerson>;
  readonly honestPurchases: readonly HonestPurchase[];
  readonly honestClicks: Clicks;
  readonly farmedClicks: Clicks;
  readonly events: number;
  readonly scores: number;
  /** Of scoring alone. */
  readonly scoringMs: number;
}

type Scoring = Omit<ScorePeopleDeps, 'risks'>;

/** Events that are handled together, as a consumer would that has them waiting; and the simulated time that they span. */
const MOST_EVENTS = 400;
const MOST_MS = 10 * 60_000;
/** Kinds of browser that a network's devices are told apart by: the server sees no more of them. */
const BROWSERS = 12;

/** Sends simulated traffic through the handlers, tables and scoring of activity, in simulated time. */
export async function replay(
  client: SqlDatabase,
  scoring: Scoring,
  { marketplace, events }: { readonly marketplace: Marketplace; readonly events: Iterable<LabelledEvent> },
): Promise<Replayed> {
  const replaying = new Replay(client, scoring);
  await replaying.open(marketplace);
  for (const slice of slices(events)) await replaying.handle(slice);
  return replaying.result();
}

function* slices(events: Iterable<LabelledEvent>): Generator<LabelledEvent[]> {
  let slice: LabelledEvent[] = [];
  for (const event of events) {
    const [first] = slice;
    if (first && (slice.length >= MOST_EVENTS || event.at - first.at > MOST_MS)) {
      yield slice;
      slice = [];
    }
    slice.push(event);
  }
  if (slice.length > 0) yield slice;
}

type TrackedEvent = Extract<LabelledEvent, { type: 'tracked' }>;

class Replay {
  readonly #client: SqlDatabase;
  readonly #scoring: Scoring;
  readonly #risks: RiskRepository;
  readonly #people = new Map<string, ReplayedPerson>();
  readonly #standings = new Map<string, { readonly level: Level; readonly until: Date | null }>();
  readonly #honestPurchases: HonestPurchase[] = [];
  readonly #honestClicks: Clicks = { tracked: 0, suspicious: 0 };
  readonly #farmedClicks: Clicks = { tracked: 0, suspicious: 0 };
  readonly #handlers = riskHandlers() as Readonly<Record<string, HandleMany | undefined>>;
  #events = 0;
  #scores = 0;
  #scoringMs = 0;

  constructor(client: SqlDatabase, scoring: Scoring) {
    this.#client = client;
    this.#scoring = scoring;
    this.#risks = new RiskRepository(client);
  }

  async open({ shows }: Marketplace): Promise<void> {
    const wanted = shows.filter(({ highDemand }) => highDemand);
    const rows = wanted.map(({ id: showId, startsAt }) => ({ showId, endsAt: new Date(startsAt).toISOString() }));
    await new SignalRepository(this.#client).addShows(rows);
  }

  async handle(slice: readonly LabelledEvent[]): Promise<void> {
    this.#events += slice.length;
    for (const event of slice) this.#note(event);
    const tracked = slice.filter((event): event is TrackedEvent => event.type === 'tracked');
    const suspicious = await this.#client.$sqlTransaction(async (tx) => {
      await this.#handleEvents(slice, tx);
      return noteTracked(tracked, tx);
    });
    this.#countClicks(tracked, suspicious);
    await this.#score(new Date(slice.at(-1)?.at ?? 0));
  }

  /** Remembers who is who, and how honest people stand as they buy. */
  #note({ type, actor, at, payload }: LabelledEvent): void {
    if (type === 'payment.failed' || type === 'booking.hold-ended') this.#meet(payload.customerId, actor);
    if (type !== 'booking.requested') return;
    this.#meet(payload.customerId, actor);
    if (actor.isAttacker) return;
    const standing = this.#standings.get(payload.customerId);
    const counts = standing && isInForce({ ...standing, reasons: [] }, new Date(at));
    this.#honestPurchases.push({ level: counts ? standing.level : 'NONE', kind: actor.kind });
  }

  #meet(userId: string, actor: Actor): void {
    if (!this.#people.has(userId)) this.#people.set(userId, { actor, score: 0 });
  }

  async #handleEvents(slice: readonly LabelledEvent[], tx: SqlTransaction): Promise<void> {
    for (const type of new Set(slice.map((event) => event.type))) {
      const events = slice.filter((event) => event.type === type);
      await this.#handlers[type]?.many(events.map(toDomainEvent), tx);
    }
  }

  #countClicks(tracked: readonly TrackedEvent[], suspicious: ReadonlySet<number>): void {
    for (const [index, { actor }] of tracked.entries()) {
      if (actor.isAttacker && actor.kind !== 'CLICK_FARM') continue;
      const clicks = actor.isAttacker ? this.#farmedClicks : this.#honestClicks;
      clicks.tracked += 1;
      if (suspicious.has(index)) clicks.suspicious += 1;
    }
  }

  async #score(at: Date): Promise<void> {
    const start = performance.now();
    this.#scores += await scorePeople({ ...this.#scoring, risks: this.#risks }, at);
    this.#scoringMs += performance.now() - start;
    const told = await this.#client.$queryRaw<{ userId: string; level: Level; until: string | null }[]>`
      WITH told AS (DELETE FROM outbox_events RETURNING seq, type, payload)
      SELECT payload ->> 'userId' AS "userId", payload ->> 'level' AS level, payload ->> 'until' AS until FROM told
      WHERE type = 'activity.risk-changed' ORDER BY seq`;
    for (const { userId, level, until } of told)
      this.#standings.set(userId, { level, until: until === null ? null : new Date(until) });
  }

  async result(): Promise<Replayed> {
    const scored = await this.#client.$queryRaw<{ userId: string; score: number }[]>`
      SELECT user_id AS "userId", max(score) AS score FROM risk_scores GROUP BY user_id`;
    for (const { userId, score } of scored) {
      const person = this.#people.get(userId);
      if (person) person.score = score;
    }
    return {
      ...{ people: this.#people, honestPurchases: this.#honestPurchases },
      ...{ honestClicks: this.#honestClicks, farmedClicks: this.#farmedClicks },
      ...{ events: this.#events, scores: this.#scores, scoringMs: this.#scoringMs },
    };
  }
}

function toDomainEvent({ type, at, payload }: LabelledEvent): DomainEvent {
  return { id: randomUUID(), type, key: '', occurredAt: new Date(at).toISOString(), payload } as unknown as DomainEvent;
}

/** @returns which of the events are suspicious */
async function noteTracked(tracked: readonly TrackedEvent[], tx: SqlTransaction): Promise<ReadonlySet<number>> {
  if (tracked.length === 0) return new Set();
  const rows = tracked.map(({ at, payload: { userId, visitorId, network, device, name } }, index) => ({
    ...{ mark: index, user_id: userId, visitor: uuidOf(visitorId), name, at: new Date(at).toISOString() },
    ...{ network: uuidOf(network), device: uuidOf(`${network} ${browserOf(device)}`) },
  }));
  await openStage(tx);
  await tx.$executeRaw`
    INSERT INTO fresh_events (mark, user_id, visitor, network, device, name, at, received_at, suspicious)
    SELECT *, at, false FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS row (mark bigint, user_id text, visitor uuid, network uuid, device uuid, name text, at timestamptz)`;
  await judgeClicks(tx);
  const found = await tx.$queryRaw<{ index: number }[]>`SELECT mark::int AS index FROM fresh_events WHERE suspicious`;
  return new Set(found.map(({ index }) => index));
}

function browserOf(device: string): number {
  return createHash('sha256').update(device).digest().readUInt32BE() % BROWSERS;
}

const uuids = new Map<string, string>();

function uuidOf(text: string): string {
  const known = uuids.get(text) ?? createHash('sha256').update(text).digest('hex').slice(0, 32);
  uuids.set(text, known);
  return known;
}
