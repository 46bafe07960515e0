import { idempotent, type IdempotencyRow, type SqlClient } from '@marquee/database';
import type { ServiceCalls } from '@marquee/identity';
import type { Log } from '@marquee/telemetry';
import type { Redis } from 'ioredis';

/** The resources from which a subgraph builds its adapters. */
export interface SubgraphRuntime<Client extends SqlClient, Settings> {
  readonly client: Client;
  readonly settings: Settings;
  readonly runIdempotently: RunIdempotently;
  /** Queries other subgraphs, those that the definition `asks`. */
  readonly calls: ServiceCalls;
  /** Has what was just appended to the outbox published at once. Mutations, handlers and jobs need not. */
  readonly publishOutbox: () => void;
  readonly redis: Redis;
  /** The prefix of Redis keys and channels. */
  readonly namespace: string;
  /** Whether rate limits apply; false for load tests. */
  readonly rateLimits: boolean;
  readonly log: Log;
  readonly now: () => Date;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** Runs `make` once for a key and answers repetitions from what it made; see `idempotent` of @marquee/database. */
export type RunIdempotently = <T>(
  request: { caller: string; operation: string; key: string; body: unknown },
  make: (row: IdempotencyRow) => Promise<T>,
  replay: (resourceId: string) => Promise<T>,
) => Promise<T>;

export function runIdempotentlyOn(client: SqlClient): RunIdempotently {
  return (request, make, replay) => idempotent({ client, ...request }, make, replay);
}
