import { HeldBytes, type Share } from './share.ts';

/** Bytes that a connection's client has not read, or not finished sending; they count as the client's memory. */
export class Backlog {
  readonly #held: HeldBytes;
  readonly #readTimeoutMs: number;
  /** Undefined while the client has read everything. */
  #behindSince: number | undefined;

  constructor(share: Share, readTimeoutMs: number) {
    this.#held = new HeldBytes(share);
    this.#readTimeoutMs = readTimeoutMs;
  }

  /** @returns false when the connection has to be closed: its client does not read in time, or exceeds a limit */
  update(sizes: { readonly unread: number; readonly unfinished?: number }, now: number): boolean {
    const { unread, unfinished = 0 } = sizes;
    this.#behindSince = unread === 0 ? undefined : (this.#behindSince ?? now);
    const isLate = now - (this.#behindSince ?? now) > this.#readTimeoutMs;
    return !isLate && this.#held.resize(unread + unfinished);
  }
}
