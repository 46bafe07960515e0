import { rateLimited } from '@marquee/errors';

import type { Allowance } from '../domain/ports.ts';

/** Events of a network in a minute: some hundred people who look at a page every few seconds send half of it. */
export const MAX_EVENTS_OF_A_NETWORK = 20_000;
const WINDOW_MS = 60_000;

/** The events that networks send to this process, in windows of a minute: no network fills the disk alone. */
export class NetworkAllowance implements Allowance {
  readonly #maximum: number;
  readonly #sent = new Map<string, number>();
  #endsAt = 0;

  /** @param rateLimits false where tests of load send more */
  constructor({ rateLimits }: { readonly rateLimits: boolean }) {
    this.#maximum = rateLimits ? MAX_EVENTS_OF_A_NETWORK : Infinity;
  }

  take(network: string, events: number, now: Date): void {
    const at = now.getTime();
    if (at >= this.#endsAt) {
      this.#sent.clear();
      this.#endsAt = at + WINDOW_MS;
    }
    const sent = (this.#sent.get(network) ?? 0) + events;
    if (sent > this.#maximum) {
      throw rateLimited((this.#endsAt - at) / 1_000, 'Too many events come from your network. Send these again later.');
    }
    this.#sent.set(network, sent);
  }
}
