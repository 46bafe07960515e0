import { maskError } from '@marquee/errors';
import type { Identity } from '@marquee/identity';
import { beginTrace, type Log, newTrace, SpanKind, type Trace, type Tracer } from '@marquee/telemetry';
import type { Answer, PreparedOperation, SubscriptionPlan } from '../executor/prepared-operation.ts';
import type { Variables } from '../operation/operation-request.ts';
import { describeOperation, endOperation, UNKNOWN_OPERATION } from '../telemetry/operation-span.ts';
import {
  type Resume,
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnavailableError,
} from '../transports/subgraph-transport.ts';
import type { Subscriber } from './client-queue.ts';
import { type EndReason, upstreamUnavailable } from './end-reasons.ts';
import { EventPayload, type Gap } from './event-payload.ts';
import type { SubscriptionSettings } from './settings.ts';

export interface Member {
  readonly subscriber: Subscriber;
  /** From the client's latest token. */
  identity: Identity;
  readonly onEnd: (reason: EndReason) => void;
}

export interface GroupOptions {
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

const RECONNECTED: Gap = { reason: 'UPSTREAM_RECONNECTED' };
const FAILED: Gap = { reason: 'EVENT_FAILED' };

export const UPSTREAM_STATES = ['connecting', 'live', 'reconnecting'] as const;
export type UpstreamState = (typeof UPSTREAM_STATES)[number];

/**
 * The clients that share one upstream subscription. Each event is hydrated once for all of them.
 *
 * The first member opens the upstream, the last one closes it. A lost upstream is reopened with backoff and jitter, and
 * the next event reports a gap.
 */
export class SubscriptionGroup {
  readonly #options: GroupOptions;
  readonly #members = new Set<Member>();
  readonly #pending: PendingEvent[] = [];
  #prepared: PreparedOperation;
  #plan: SubscriptionPlan;
  #identity: Identity;
  #stream: AsyncGenerator<SubgraphResponse> | undefined;
  #hydrating: Promise<void> | undefined;
  /** The gap to report with the next event. */
  #gap: Gap | undefined;
  /** What the next upstream is told: the version of the last event, where upstreams say it. */
  #resume: Resume = {};
  /** Time at which the current upstream was opened, epoch ms. */
  #openedAt: number | undefined;
  #state: UpstreamState = 'connecting';
  #isClosed = false;

  constructor(options: GroupOptions) {
    this.#options = options;
    this.#prepared = options.prepared;
    this.#plan = options.plan;
    this.#identity = options.identity;
  }

  get prepared(): PreparedOperation {
    return this.#prepared;
  }

  get state(): UpstreamState {
    return this.#state;
  }

  get members(): ReadonlySet<Member> {
    return this.#members;
  }

  /** Adds a client. @returns a function that removes it */
  join(member: Member): (reason: EndReason) => void {
    this.#members.add(member);
    if (this.#members.size === 1) void this.#run();
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
    this.#isClosed = true;
    this.#pending.length = 0;
    this.#options.onEmpty();
    this.#stream?.return(undefined).catch(() => {});
  }

  /** The token of a member that left may be revoked, so the group continues with another member's. */
  #replaceIdentity({ identity }: Member): void {
    if (identity.authorization === undefined || identity.authorization !== this.#identity.authorization) return;
    const [other] = this.#members;
    if (other) this.#identity = other.identity;
  }

  async #run(): Promise<void> {
    const { settings, now, log } = this.#options;
    let hasWorked = false;
    let lostAt: number | undefined;
    for (let attempt = 0; !this.#isClosed; attempt++) {
      try {
        await this.#read(() => {
          hasWorked = true;
          lostAt = undefined;
          attempt = 0;
        });
        return;
      } catch (error) {
        if (this.#isClosed) return;
        const lived = this.#openedAt === undefined ? undefined : now() - this.#openedAt;
        // An upstream without events has worked too. It counts as recovered after reconnectMaxDelayMs.
        hasWorked ||= lived !== undefined;
        if (lived !== undefined && lived >= settings.reconnectMaxDelayMs) {
          lostAt = undefined;
          attempt = 0;
        }
        lostAt ??= now();
        const retryForMs = hasWorked ? settings.reconnectForMs : settings.connectForMs;
        if (!(error instanceof SubgraphUnavailableError) || now() - lostAt >= retryForMs) return this.#giveUp(error);
        log.warn({ subgraph: this.#plan.subgraph, attempt, err: error }, 'an upstream subscription was lost');
        this.#options.onUpstreamLost(this.#plan.subgraph);
        this.#state = hasWorked ? 'reconnecting' : 'connecting';
        if (hasWorked) this.#gap = RECONNECTED;
        await this.#backOff(attempt);
      }
    }
  }

  /** Reads the upstream to its end. */
  async #read(onEvent: () => void): Promise<void> {
    this.#openedAt = undefined;
    const context = { identity: this.#identity, trace: newTrace() };
    const stream = await this.#options.transportOf(this.#plan.subgraph).subscribe(this.#upstreamRequest(), context);
    this.#stream = stream;
    this.#openedAt = this.#options.now();
    this.#state = 'live';
    // Lost before it says a version, it is asked for everything.
    this.#resume = { after: this.#resume.after ?? 0 };
    if (this.#isClosed) {
      await stream.return(undefined);
      return;
    }
    for (;;) {
      const { done, value } = await stream.next();
      if (this.#isClosed) return;
      if (done) break;
      if (isRejectedForNow(value)) throw new SubgraphUnavailableError(this.#plan.subgraph);
      onEvent();
      this.#receive(value);
    }
    await this.#hydrating;
    this.endAll('complete');
  }

  #giveUp(error: unknown): void {
    const { subgraph } = this.#plan;
    this.#options.log.error({ subgraph, err: error }, 'an upstream subscription could not be restored');
    this.endAll('subgraph-unavailable', upstreamUnavailable(subgraph));
  }

  async #backOff(attempt: number): Promise<void> {
    const { settings, random } = this.#options;
    const longest = Math.min(settings.reconnectMaxDelayMs, settings.reconnectDelayMs * 2 ** Math.min(attempt, 20));
    // Half of the delay is jitter, so that gateways that lost the same subgraph do not reconnect together.
    await new Promise((resolve) => setTimeout(resolve, longest * (0.5 + random() / 2)));
  }

  #upstreamRequest(): SubgraphRequest {
    const { query, operationName, variables } = this.#plan.request(this.#options.variables);
    return { kind: 'subscription', query, operationName, variables, body: '', resume: this.#resume };
  }

  #receive(event: SubgraphResponse): void {
    const { version, gap } = event.extensions ?? {};
    if (typeof version === 'number') this.#resume = { after: version };
    if (event.data === undefined && event.errors === undefined) return this.#confirm();
    if (gap === true) this.#gap = RECONNECTED;
    if (hasFailed(event)) this.#gap ??= FAILED;
    this.#pending.push({ event, gap: this.#gap });
    this.#gap = undefined;
    if (this.#pending.length > this.#options.settings.maxPendingEvents) {
      const dropped = this.#pending.shift();
      const [next] = this.#pending;
      if (next) next.gap ??= dropped?.gap ?? { reason: 'SLOW_CONSUMER' };
      this.#options.onDropped();
    }
    this.#hydrating ??= this.#hydrateAll();
  }

  /** The upstream is live. It knows what this group has missed, and sends that with a gap of its own. */
  #confirm(): void {
    this.#gap = undefined;
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
      describeOperation(trace.span, { type: 'subscription', name: this.#prepared.operationName });
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

/** Whether the subgraph could not begin the subscription, and may later. */
function isRejectedForNow({ data, errors = [] }: SubgraphResponse): boolean {
  return data === undefined && errors.some(({ extensions }) => extensions?.['code'] === 'SUBGRAPH_UNAVAILABLE');
}
