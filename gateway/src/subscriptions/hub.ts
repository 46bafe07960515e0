import type { Identity } from '@marquee/identity';
import type { Log, Tracer } from '@marquee/telemetry';
import type { Engine, Generation } from '../engine/api.ts';
import type { PreparedOperation, SubscriptionPlan } from '../executor/prepared-operation.ts';
import { isRecord } from '../pipeline/graphql-request.ts';
import type { RequestedOperation } from '../pipeline/requested-operation.ts';
import { transportIn } from '../transports/open-transports.ts';
import type { Subscriber } from './client-queue.ts';
import { type EndReason, schemaReload, tokenExpired } from './end-reasons.ts';
import { type Member, SubscriptionGroup } from './group.ts';
import type { SubscriptionSettings } from './settings.ts';
import type { UpstreamState } from './upstream.ts';

/** Callbacks for metrics. */
export interface SubscriptionEvents {
  started(): void;
  ended(reason: EndReason): void;
  upstreamLost(subgraph: string): void;
  /** An event was dropped while it waited for hydration. */
  dropped(): void;
  hydrated(seconds: number): void;
}

export interface HubOptions {
  readonly engine: Engine;
  readonly settings: SubscriptionSettings;
  readonly events: SubscriptionEvents;
  readonly tracer: Tracer | undefined;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
}

/** One client's subscription. */
export interface Subscription {
  /** Ends the subscription from the client's side. Idempotent. */
  leave(reason: EndReason): void;
  /** Uses a renewed token. Ends the subscription if it changes the caller's rights. */
  renew(identity: Identity): Promise<void>;
}

export interface NewSubscriber {
  readonly identity: Identity;
  readonly subscriber: Subscriber;
  readonly onEnded: (reason: EndReason) => void;
}

/** An operation that has passed the checks and is compiled for its caller's rights. */
export interface AcceptedOperation {
  readonly operation: Omit<RequestedOperation, 'document'>;
  readonly prepared: PreparedOperation;
  /** The generation that prepared it, which may no longer be the current one. */
  readonly generation: Generation;
}

const ANONYMOUS: Identity = { caller: { kind: 'anonymous' } };

/**
 * Groups clients whose subscriptions have the same events.
 *
 * Clients share an upstream when operation, variables and authorisation outcome are equal. An operation with an auth
 * directive is shared by clients of one user only, because subgraphs also decide by user (is this your booking?). Any
 * other is opened and hydrated anonymously, so that it contains only public data.
 */
export class SubscriptionHub {
  readonly #options: HubOptions;
  readonly #groups = new Map<string, SubscriptionGroup>();
  readonly #accepted = new WeakMap<SubscriptionGroup, AcceptedOperation>();
  readonly #reloads = new Set<NodeJS.Timeout>();
  readonly #stopListening: () => void;
  #count = 0;

  constructor(options: HubOptions) {
    this.#options = options;
    this.#stopListening = options.engine.onSwap(({ current }) => {
      for (const group of this.#groups.values()) void this.#moveToGeneration(group, current);
    });
  }

  /** Subscriptions of clients, and upstream subscriptions. */
  get size(): { readonly subscriptions: number; readonly upstreams: number } {
    return { subscriptions: this.#count, upstreams: this.#groups.size };
  }

  subscriptionsIn(state: UpstreamState): number {
    let count = 0;
    for (const group of this.#groups.values()) if (group.state === state) count += group.members.size;
    return count;
  }

  join(
    accepted: AcceptedOperation,
    plan: SubscriptionPlan,
    { identity, subscriber, onEnded }: NewSubscriber,
  ): Subscription {
    const { events } = this.#options;
    const group = this.#groupOf(accepted, plan, identity);
    this.#count++;
    events.started();
    const onEnd = (reason: EndReason) => {
      this.#count--;
      events.ended(reason);
      onEnded(reason);
    };
    const member: Member = { subscriber, identity, onEnd };
    const leave = group.join(member);
    const current = this.#options.engine.current();
    if (accepted.generation !== current) void this.#moveToGeneration(group, current);
    return {
      leave,
      renew: async (renewed) => {
        const prepared = await this.#prepare(accepted, this.#options.engine.current(), renewed);
        if (!prepared || !isSame(prepared, group.prepared)) return group.end(member, 'token-expired', tokenExpired);
        if (!isPublic(group.prepared)) group.renew(renewed);
        member.identity = renewed;
      },
    };
  }

  /** Completes all subscriptions. */
  stop(): void {
    this.#stopListening();
    for (const timer of this.#reloads) clearTimeout(timer);
    for (const group of [...this.#groups.values()]) group.endAll('going-away');
  }

  #groupOf(accepted: AcceptedOperation, plan: SubscriptionPlan, identity: Identity): SubscriptionGroup {
    const key = groupKey(accepted, plan, identity);
    const known = this.#groups.get(key);
    if (known) {
      // The latest token expires last.
      if (!isPublic(accepted.prepared)) known.renew(identity);
      return known;
    }
    const { engine, settings, tracer, log, now, random, events } = this.#options;
    const group = new SubscriptionGroup({
      name: accepted.operation.name,
      prepared: accepted.prepared,
      plan,
      variables: accepted.operation.variables,
      identity: isPublic(accepted.prepared) ? ANONYMOUS : identity,
      transportOf: (subgraph) => transportIn(engine.current().transports, subgraph),
      settings,
      tracer,
      log,
      now,
      random,
      onEmpty: () => this.#groups.delete(key),
      onUpstreamLost: events.upstreamLost,
      onDropped: events.dropped,
      onHydrated: events.hydrated,
    });
    this.#groups.set(key, group);
    this.#accepted.set(group, accepted);
    return group;
  }

  /** Moves a group to a new generation, and ends members whose plan or authorisation differs there. */
  async #moveToGeneration(group: SubscriptionGroup, generation: Generation): Promise<void> {
    const accepted = this.#accepted.get(group);
    if (!accepted) return;
    for (const member of [...group.members]) {
      const prepared = await this.#prepare(accepted, generation, member.identity);
      if (prepared && isSame(prepared, group.prepared)) group.adopt(prepared);
      else this.#scheduleReload(group, member);
    }
  }

  async #prepare(
    { operation }: AcceptedOperation,
    generation: Generation,
    { caller }: Identity,
  ): Promise<PreparedOperation | null> {
    try {
      return await generation.prepare(operation, caller);
    } catch {
      return null;
    }
  }

  #scheduleReload(group: SubscriptionGroup, member: Member): void {
    const { random, settings } = this.#options;
    const timer = setTimeout(() => {
      this.#reloads.delete(timer);
      group.end(member, 'schema-reload', schemaReload);
    }, random() * settings.reloadWindowMs);
    this.#reloads.add(timer.unref());
  }
}

function isSame({ subscription, authorizationKey }: PreparedOperation, other: PreparedOperation): boolean {
  if (subscription === undefined || subscription.planHash !== other.subscription?.planHash) return false;
  return authorizationKey === other.authorizationKey;
}

/** Whether the operation has no auth directive, so that every caller gets the same data. */
function isPublic(prepared: PreparedOperation): boolean {
  return prepared.authorizationKey === '';
}

function groupKey(
  { operation: { variables }, prepared }: AcceptedOperation,
  { planHash }: SubscriptionPlan,
  { caller }: Identity,
): string {
  const { authorizationKey, fingerprint } = prepared;
  const userId = isPublic(prepared) || caller.kind !== 'user' ? '' : caller.userId;
  return JSON.stringify([planHash, authorizationKey, userId, fingerprint, variables], withSortedKeys);
}

/** The order of an object's keys has no meaning. */
function withSortedKeys(_key: string, value: unknown): unknown {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value;
}
