import { maskError } from '@marquee/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { PreparedOperation } from '../executor/prepared-operation.ts';
import { memoryOfDocument, tooMuchMemory } from './operation-memory.ts';

/** A subscription whose client can hold memory. */
export interface MemoryUser {
  /** @returns whether the limits of its client allow that */
  hold(bytes: number): boolean;
  finish(errors: readonly GraphQLFormattedError[]): void;
}

type CompiledText = Pick<PreparedOperation, 'fingerprint' | 'authorizationKey' | 'length'>;

interface InUse {
  readonly bytes: number;
  /** In the order of their arrival. */
  readonly users: Set<MemoryUser>;
  payer: MemoryUser | undefined;
}

/**
 * Counts the compiled operations of live subscriptions, which stay in memory when the cache forgets them. Each counts
 * once, for one of its users; when that one leaves, for another, or the subscriptions of those who cannot hold it end.
 */
export class CompiledMemory {
  readonly #inUse = new Map<string, InUse>();

  /**
   * @returns a function to call when the subscription ends
   * @throws RATE_LIMITED when it is the first, and the limits of its client do not allow the memory
   */
  use({ fingerprint, authorizationKey, length }: CompiledText, user: MemoryUser): () => void {
    const key = `${fingerprint} ${authorizationKey}`;
    const known = this.#inUse.get(key);
    const bytes = memoryOfDocument(length);
    if (known === undefined && !user.hold(bytes)) throw tooMuchMemory();
    const inUse = known ?? { bytes, users: new Set(), payer: user };
    inUse.users.add(user);
    this.#inUse.set(key, inUse);
    return () => this.#leave(key, inUse, user);
  }

  #leave(key: string, inUse: InUse, user: MemoryUser): void {
    inUse.users.delete(user);
    if (inUse.users.size === 0) this.#inUse.delete(key);
    if (inUse.payer !== user) return;
    inUse.payer = undefined;
    // Later, when the memory of the one that leaves is free.
    queueMicrotask(() => this.#choosePayer(inUse));
  }

  #choosePayer(inUse: InUse): void {
    for (const user of inUse.users) {
      if (user.hold(inUse.bytes)) {
        inUse.payer = user;
        return;
      }
      user.finish([maskError(tooMuchMemory())]);
    }
  }
}
