import { maskError } from '@marquee/errors';
import type { Identity } from '@marquee/identity';
import { beginTrace, type Log, SpanKind, type Trace, type Tracer } from '@marquee/telemetry';
import type { Answer, PreparedOperation, SubscriptionPlan } from '../executor/prepared-operation.ts';
import type { Variables } from '../operation/operation-request.ts';
import { describeOperation, endOperation, UNKNOWN_OPERATION } from '../telemetry/operation-span.ts';
import type { SubgraphRequest, SubgraphResponse, SubgraphTransport } from '../transports/subgraph-transport.ts';
import type { Subscriber } from './client-queue.ts';
import { type EndReason, upstreamUnavailable } from './end-reasons.ts';
import { EventPayload, type Gap } from './event-payload.ts';
import type { SubscriptionSettings } from './settings.ts';
import { Upstream, type UpstreamState } from './upstream.ts';

export interface Member {
  readonly subscriber: Subscriber;
  /** From the client's latest token. */
  identity: Identity;
  readonly onEnd: (reason: EndReason) => void;
}

export interface GroupOptions {
  /** The name of the first client's operation, for traces. */
  readonly name: string | null;
  readonly prepared: PreparedOperation;
  readonly plan: SubscriptionPlan;
  readonly variables: Variables;
  /** The identity that opens the upstream and hydrates events. */
  readonly identity: Identity;
  /** Called at each connect, because a new supergraph may have changed the subgraph's URL. */
  readonly transportOf: (subgraph: string) => SubgraphTransport;
  readonly settings: SubscriptionSettings;
  readonly tracer: Tracer | undefined;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
  readonly onEmpty: () => void;
  readonly onUpstreamLost: (subgraph: string) => void;
  readonly onDropped: () => void;
  readonly onHydrated: (seconds: number) => void;
}

/** An event that waits for hydration. */
interface PendingEvent {
  readonly event: SubgraphResponse;
  gap: Gap | undefined;
}

const FAILED: Gap = { reason: 'EVENT_FAILED' };

/**
 * The clients that share one upstream subscription. Each event is hydrated once for all of them.
 *
 * The first member opens the upstream, the last one closes it.
 */
export class SubscriptionGroup {
  readonly #options: GroupOptions;
  readonly #members = new Set<Member>();
  readonly #pending: PendingEvent[] = [];
  #prepared: PreparedOperation;
  #plan: SubscriptionPlan;
  #identity: Identity;
  readonly #upstream: Upstream;
  #hydrating: Promise<void> | undefined;

  constructor(options: GroupOptions) {
    this.#options = options;
    this.#prepared = options.prepared;
    this.#plan = options.plan;
    this.#identity = options.identity;
    this.#upstream = new Upstream({
      ...options,
      subgraph: this.#plan.subgraph,
      request: () => this.#upstreamRequest(),
      identity: () => this.#identity,
      onEvent: (event, gap) => this.#receive(event, gap),
      onLost: () => options.onUpstreamLost(this.#plan.subgraph),
      onComplete: () => void this.#endNormally(),
      onFailed: () => this.endAll('subgraph-unavailable', upstreamUnavailable(this.#plan.subgraph)),
    });
  }

  get prepared(): PreparedOperation {
    return this.#prepared;
  }

  get state(): UpstreamState {
    return this.#upstream.state;
  }

  get members(): ReadonlySet<Member> {
    return this.#members;
  }

  /** Adds a client. @returns a function that removes it */
  join(member: Member): (reason: EndReason) => void {
    this.#members.add(member);
    if (this.#members.size === 1) void this.#upstream.run();
    return (reason) => this.#leave(member, reason);
  }

  /** Hydrates later events with a newer generation, whose plan must be the same. */
  adopt(prepared: PreparedOperation): void {
    if (!prepared.subscription) return;
    this.#prepared = prepared;
    this.#plan = prepared.subscription;
  }

  /** Uses a newer token from now on. */
  renew(identity: Identity): void {
    this.#identity = identity;
  }

  /** Ends one member's subscription from the server's side. */
  end(member: Member, reason: EndReason, errors?: Parameters<Subscriber['end']>[0]): void {
    if (!this.#members.has(member)) return;
    this.#leave(member, reason);
    member.subscriber.end(errors);
  }

  endAll(reason: EndReason, errors?: Parameters<Subscriber['end']>[0]): void {
    for (const member of [...this.#members]) this.end(member, reason, errors);
  }

  #leave(member: Member, reason: EndReason): void {
    if (!this.#members.delete(member)) return;
    member.onEnd(reason);
    this.#replaceIdentity(member);
    if (this.#members.size > 0) return;
    this.#pending.length = 0;
    this.#options.onEmpty();
    this.#upstream.close();
  }

  /** The token of a member that left may be revoked, so the group continues with another member's. */
  #replaceIdentity({ identity }: Member): void {
    if (identity.authorization === undefined || identity.authorization !== this.#identity.authorization) return;
    const [other] = this.#members;
    if (other) this.#identity = other.identity;
  }

  async #endNormally(): Promise<void> {
    await this.#hydrating;
    this.endAll('complete');
  }

  async #upstreamRequest(): Promise<SubgraphRequest> {
    const { query, operationName, variables } = await this.#plan.request(this.#options.variables);
    return { kind: 'subscription', query, operationName, variables, body: '' };
  }

  #receive(event: SubgraphResponse, gap: Gap | undefined): void {
    this.#pending.push({ event, gap: gap ?? (hasFailed(event) ? FAILED : undefined) });
    if (this.#pending.length > this.#options.settings.maxPendingEvents) {
      const dropped = this.#pending.shift();
      const [next] = this.#pending;
      if (next) next.gap ??= dropped?.gap ?? { reason: 'SLOW_CONSUMER' };
      this.#options.onDropped();
    }
    this.#hydrating ??= this.#hydrateAll();
  }

  /** Hydrates one event at a time, to keep their order. */
  async #hydrateAll(): Promise<void> {
    for (let pending = this.#pending.shift(); pending; pending = this.#pending.shift()) {
      const payload = await this.#hydrate(pending);
      for (const { subscriber } of this.#members) subscriber.next(payload);
    }
    this.#hydrating = undefined;
  }

  async #hydrate({ event, gap }: PendingEvent): Promise<EventPayload> {
    const startedAt = performance.now();
    const trace = this.#beginTrace(event);
    const { body, errors } = await this.#complete(event, trace);
    const payload = new EventPayload(body);
    if (trace.span) endOperation(trace.span, errors);
    this.#options.onHydrated((performance.now() - startedAt) / 1_000);
    return gap ? payload.withGap(gap) : payload;
  }

  async #complete(event: SubgraphResponse, trace: Trace): Promise<Pick<Answer, 'body' | 'errors'>> {
    const { now, settings, variables, log } = this.#options;
    const deadline = now() + settings.hydrationTimeoutMs;
    try {
      return await this.#plan.hydrate(event, variables, { identity: this.#identity, trace, deadline });
    } catch (error) {
      log.error({ traceId: trace.traceId, err: error }, 'an event could not be hydrated');
      const errors = [maskError(error, trace.traceId)];
      return { body: JSON.stringify({ errors, extensions: { gap: FAILED } }), errors };
    }
  }

  /** Continues the trace of the event's cause. */
  #beginTrace({ extensions }: SubgraphResponse): Trace {
    const { tracer } = this.#options;
    const trace = beginTrace(tracer, UNKNOWN_OPERATION, SpanKind.SERVER, extensions?.['traceparent']);
    if (trace.span) {
      describeOperation(trace.span, { type: 'subscription', name: this.#options.name });
      trace.span.setAttribute('marquee.subscription.clients', this.#members.size);
    }
    return trace;
  }
}

const SERVER_FAULTS: ReadonlySet<unknown> = new Set(['SUBGRAPH_UNAVAILABLE', 'INTERNAL_SERVER_ERROR']);

/** Whether the event is lost to the client, through no fault of its operation. */
function hasFailed({ data, errors = [] }: SubgraphResponse): boolean {
  return data === null && errors.some(({ extensions }) => SERVER_FAULTS.has(extensions?.['code']));
}
