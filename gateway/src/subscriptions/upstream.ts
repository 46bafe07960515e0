import type { Identity } from '@marquee/identity';
import { type Log, newTrace } from '@marquee/telemetry';
import {
  type Resume,
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnavailableError,
} from '../transports/subgraph-transport.ts';
import type { Gap } from './event-payload.ts';
import type { SubscriptionSettings } from './settings.ts';

export const UPSTREAM_STATES = ['connecting', 'live', 'reconnecting'] as const;
export type UpstreamState = (typeof UPSTREAM_STATES)[number];

export interface UpstreamOptions {
  readonly subgraph: string;
  /** The subscription to open, as of now. */
  readonly request: () => Promise<SubgraphRequest>;
  /** Opens the subscription. */
  readonly identity: () => Identity;
  /** Called at each connect, because a new supergraph may have changed the subgraph's URL. */
  readonly transportOf: (subgraph: string) => SubgraphTransport;
  readonly settings: SubscriptionSettings;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
  readonly onEvent: (event: SubgraphResponse, gap: Gap | undefined) => void;
  readonly onLost: () => void;
  /** The subgraph has ended the subscription. */
  readonly onComplete: () => void;
  /** It could not be opened, or opened again. */
  readonly onFailed: () => void;
}

const RECONNECTED: Gap = { reason: 'UPSTREAM_RECONNECTED' };

/**
 * A subscription to a subgraph that is opened again, with backoff and jitter, when it is lost.
 *
 * A subgraph that knows versions is told the last one: it confirms the subscription and sends what was missed as an
 * event with a gap. After the loss of any other, the next event has a gap.
 */
export class Upstream {
  readonly #options: UpstreamOptions;
  #stream: AsyncGenerator<SubgraphResponse> | undefined;
  #resume: Resume = {};
  #gap: Gap | undefined;
  /** Time at which the current stream was opened, epoch ms. */
  #openedAt: number | undefined;
  #state: UpstreamState = 'connecting';
  #isClosed = false;

  constructor(options: UpstreamOptions) {
    this.#options = options;
  }

  get state(): UpstreamState {
    return this.#state;
  }

  close(): void {
    this.#isClosed = true;
    this.#stream?.return(undefined).catch(() => {});
  }

  /** Resolves when it is closed, complete or given up. */
  async run(): Promise<void> {
    const { settings, now } = this.#options;
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
        this.#lose(error, { attempt, hasWorked });
        await this.#backOff(attempt);
      }
    }
  }

  /** Reads a stream to its end. */
  async #read(onEvent: () => void): Promise<void> {
    const { subgraph, request, identity, transportOf, now, onComplete } = this.#options;
    this.#openedAt = undefined;
    const asked = { ...(await request()), resume: this.#resume };
    const stream = await transportOf(subgraph).subscribe(asked, { identity: identity(), trace: newTrace() });
    this.#stream = stream;
    this.#openedAt = now();
    this.#state = 'live';
    // A stream that is lost before it says a version is asked for everything.
    this.#resume = { after: this.#resume.after ?? 0 };
    if (this.#isClosed) {
      await stream.return(undefined);
      return;
    }
    for await (const event of stream) {
      if (this.#isClosed) return;
      if (isRejectedForNow(event)) throw new SubgraphUnavailableError(subgraph);
      onEvent();
      this.#receive(event);
    }
    if (!this.#isClosed) onComplete();
  }

  #receive(event: SubgraphResponse): void {
    const { version, gap } = event.extensions ?? {};
    if (typeof version === 'number') this.#resume = { after: version };
    const isConfirmation = event.data === undefined && event.errors === undefined;
    if (!isConfirmation) this.#options.onEvent(event, gap === true ? RECONNECTED : this.#gap);
    this.#gap = undefined;
  }

  #lose(err: SubgraphUnavailableError, { attempt, hasWorked }: { attempt: number; hasWorked: boolean }): void {
    const { subgraph, log, onLost } = this.#options;
    log.warn({ subgraph, attempt, err }, 'an upstream subscription was lost');
    onLost();
    this.#state = hasWorked ? 'reconnecting' : 'connecting';
    if (hasWorked) this.#gap = RECONNECTED;
  }

  #giveUp(err: unknown): void {
    const { subgraph, log, onFailed } = this.#options;
    log.error({ subgraph, err }, 'an upstream subscription could not be restored');
    onFailed();
  }

  async #backOff(attempt: number): Promise<void> {
    const { settings, random } = this.#options;
    const longest = Math.min(settings.reconnectMaxDelayMs, settings.reconnectDelayMs * 2 ** Math.min(attempt, 20));
    // Half of the delay is jitter, so that gateways that lost the same subgraph do not reconnect together.
    await new Promise((resolve) => setTimeout(resolve, longest * (0.5 + random() / 2)));
  }
}

/** Whether the subgraph could not begin the subscription, and may later. */
function isRejectedForNow({ data, errors = [] }: SubgraphResponse): boolean {
  return data === undefined && errors.some(({ extensions }) => extensions?.['code'] === 'SUBGRAPH_UNAVAILABLE');
}
