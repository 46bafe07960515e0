import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import { answerOf, type Sender } from './attacks/transports.ts';

export interface BystanderOptions {
  readonly endpoint: string;
  readonly network: string;
  readonly email: string;
  readonly password: string;
  /** Shows and a seat of each that nobody else takes. */
  readonly shows: readonly Seat[];
}

interface Seat {
  readonly showId: string;
  readonly seatId: string;
}

/** The service as a bystander experienced it. */
export interface Felt {
  /** Milliseconds of queries. */
  readonly p50: number;
  readonly p99: number;
  /** Queries that were answered. */
  readonly answered: number;
  /** Events of seats that the bystander held. */
  readonly events: number;
  readonly errors: readonly string[];
}

const QUERY_EVERY_MS = 50;
const VISIT_EVERY_MS = 1_500;
const EVENT_MS = 10_000;
/** A customer keeps seats of one show for half an hour only; so the shows take turns. */
const SHOW_MS = 9 * 60_000;

const CITIES = '{ cities(first: 5) { edges { node { id name } } } }';
const VIEWER = '{ viewer { id email sessions { id } } }';
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { ... on AuthPayload { accessToken } } }';
const LOGOUT = 'mutation { logout { revokedSessionId } }';
const HOLD =
  'mutation ($input: HoldSeatsInput!) { holdSeats(input: $input) { ... on HoldSeatsPayload { hold { id } } } }';
const RELEASE = 'mutation ($id: ID!) { releaseHold(holdId: $id) { ... on ReleaseHoldPayload { hold { status } } } }';
const SEATS = 'subscription ($showId: ID!) { seatMapChanged(showId: $showId) { seats { id status } } }';

/**
 * An honest customer in a network of their own, who reads, signs in and out on a known device, holds a seat, and is told
 * so by an event. Their socket stays open from one attack to the next.
 */
export class Bystander {
  readonly #options: BystanderOptions;
  readonly #socket;
  readonly #heard = new Map<string, () => void>();
  readonly #openedAt = performance.now();
  #milliseconds: number[] = [];
  #errors: string[] = [];
  #events = 0;
  #sender: Sender;

  constructor(options: BystanderOptions) {
    const { endpoint, network } = options;
    this.#options = options;
    this.#sender = { endpoint, network };
    class NetworkSocket extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol, { headers: { 'x-forwarded-for': network } });
      }
    }
    const url = endpoint.replace(/^http/, 'ws');
    this.#socket = createClient({ url, webSocketImpl: NetworkSocket, retryAttempts: 0 });
  }

  /** Signs in, and follows the seats of all shows. */
  async open(): Promise<void> {
    this.#sender = { ...this.#sender, accessToken: await this.#logIn() };
    for (const seat of this.#options.shows) {
      this.#follow(seat.showId);
      while (this.#events === 0) await this.#holdAndRelease(seat, 500);
      this.#events = 0;
    }
    this.#errors = [];
  }

  /** Goes about until the signal aborts. @returns what was felt meanwhile */
  async work(signal: AbortSignal): Promise<Felt> {
    [this.#milliseconds, this.#errors, this.#events] = [[], [...this.#errors], 0];
    await Promise.all([this.#keepReading(signal), this.#keepHolding(signal)]);
    const sorted = this.#milliseconds.toSorted((a, b) => a - b);
    const percentile = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
    const errors = this.#errors.splice(0);
    return { p50: percentile(0.5), p99: percentile(0.99), answered: sorted.length, events: this.#events, errors };
  }

  async close(): Promise<void> {
    await this.#socket.dispose();
  }

  async #keepReading(signal: AbortSignal): Promise<void> {
    const stranger = { ...this.#sender, accessToken: undefined };
    for (let time = 0; !signal.aborted; time += 1) {
      const began = performance.now();
      const data = await (time % 2 === 0 ? this.#ask(CITIES, {}, stranger) : this.#ask(VIEWER));
      if (data) this.#milliseconds.push(performance.now() - began);
      await pause(QUERY_EVERY_MS);
    }
  }

  async #keepHolding(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const turn = Math.floor((performance.now() - this.#openedAt) / SHOW_MS);
      await this.#holdAndRelease(this.#options.shows[turn % this.#options.shows.length] as Seat, EVENT_MS);
      const accessToken = await this.#logIn();
      await this.#ask(LOGOUT, {}, { ...this.#sender, accessToken });
      await pause(VISIT_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #logIn(): Promise<string | undefined> {
    const { email, password } = this.#options;
    const data = await this.#ask(LOGIN, { input: { email, password } }, { ...this.#sender, accessToken: undefined });
    return (data?.['login'] as { accessToken?: string } | undefined)?.accessToken;
  }

  async #holdAndRelease({ showId, seatId }: Seat, patienceMs: number): Promise<void> {
    const heard = new Promise<boolean>((resolve) => this.#heard.set(seatId, () => resolve(true)));
    const input = { showId, seatIds: [seatId], idempotencyKey: randomUUID() };
    const held = (await this.#ask(HOLD, { input }))?.['holdSeats'] as { hold?: { id: string } } | undefined;
    if (!held?.hold) return void this.#errors.push('a free seat could not be held');
    if (await Promise.race([heard, pause(patienceMs, false, { ref: false })])) this.#events += 1;
    else this.#errors.push('the event of a held seat did not arrive');
    await this.#ask(RELEASE, { id: held.hold.id });
  }

  #follow(showId: string): void {
    this.#socket.subscribe<Changed>(
      { query: SEATS, variables: { showId } },
      {
        next: ({ data }) => {
          const held = data?.seatMapChanged.seats.filter(({ status }) => status === 'HELD') ?? [];
          for (const { id } of held) this.#heard.get(id)?.();
        },
        error: (error) => void this.#errors.push(`the subscription failed: ${JSON.stringify(error)}`),
        complete: () => undefined,
      },
    );
  }

  /** The data of an operation; undefined when it failed. */
  async #ask(query: string, variables = {}, sender = this.#sender): Promise<Record<string, unknown> | undefined> {
    try {
      const [answer] = await answerOf(sender, { query, variables });
      const { data, errors } = answer as { data?: Record<string, unknown>; errors?: { message: string }[] };
      if (errors === undefined && data) return data;
      this.#errors.push(errors?.map(({ message }) => message).join('; ') ?? 'no data');
    } catch (error) {
      this.#errors.push(String(error));
    }
    return undefined;
  }
}

interface Changed {
  readonly seatMapChanged: { readonly seats: readonly { readonly id: string; readonly status: string }[] };
}
