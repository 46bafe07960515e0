import type { PrismaClient } from '@marquee/prisma-booking';
import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';

import type { HoldClaim } from '../domain/ports.ts';
import { SeatUnavailableError } from '../errors.ts';
import { takenSeats } from './hold-rules.ts';

const REMEMBERED_MS = 5_000;
const MAX_REMEMBERED = 10_000;

/**
 * Seats that this process is claiming, or has just tried to.
 *
 * A claim that must fail costs a transaction, and a connection for as long as its rival's is undecided. So whoever wants
 * such a seat waits here for the rival, and then looks whether it is taken, together with all who look at that moment.
 * That only spares claims: each one is decided by the database.
 */
export class ContendedSeats {
  readonly #claims = new LRUCache<string, Promise<unknown>>({ max: MAX_REMEMBERED, ttl: REMEMBERED_MS });
  readonly #taken: DataLoader<HoldClaim, readonly string[]>;

  constructor(client: PrismaClient) {
    this.#taken = new DataLoader((claims) => takenSeats(client, claims), {
      cache: false,
      batchScheduleFn: (look) => void setImmediate(look),
    });
  }

  /** Claims seats. @throws {SeatUnavailableError} without a claim, when a rival has taken one of them */
  async claim<T>(claim: HoldClaim, claimNow: () => Promise<T>): Promise<T> {
    const keys = claim.seats.map(({ id }) => `${claim.show.id}/${id}`);
    const rivals = keys.flatMap((key) => this.#claims.get(key) ?? []);
    if (rivals.length > 0) {
      await Promise.allSettled(rivals);
      const taken = await this.#taken.load(claim);
      if (taken.length > 0) throw new SeatUnavailableError(claim.show.id, taken);
    }
    const claiming = claimNow();
    for (const key of keys) this.#claims.set(key, claiming);
    return claiming;
  }
}
