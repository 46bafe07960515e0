import { idempotent, type IdempotencyRow, type CopyDatabase, type SqlClient } from '@marquee/database';
import type { ServiceCalls } from '@marquee/identity';
import type { Instruments, Log, RecordSecurityEvent } from '@marquee/telemetry';
import type { Redis } from 'ioredis';

/** Everything from which a subgraph creates its adapters. */
export interface SubgraphRuntime<Client extends SqlClient, Settings> {
  readonly client: Client & CopyDatabase;
  readonly settings: Settings;
  readonly runIdempotently: RunIdempotently;
  /** The names of all subgraphs. */
  readonly subgraphs: readonly string[];
  /** Queries the subgraphs that the definition `asks`. */
  readonly calls: ServiceCalls;
  /** Publishes the outbox now. Not needed in mutations, handlers and jobs, after which it happens anyway. */
  readonly publishOutbox: () => void;
  readonly redis: Redis;
  /** The Redis that evicts, for `SharedCache` of @marquee/redis. */
  readonly cache?: Redis | undefined;
  /** Prefix of every Redis key and channel. */
  readonly namespace: string;
  /** False disables rate limits, for load tests. */
  readonly rateLimits: boolean;
  readonly log: Log;
  readonly instruments: Instruments;
  readonly securityEvent: RecordSecurityEvent;
  readonly now: () => Date;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Runs `make` once per key; repetitions run `replay`. See `idempotent` of @marquee/database. */
export type RunIdempotently = <T>(
  request: { caller: string; operation: string; key: string; body: unknown },
  make: (row: IdempotencyRow) => Promise<T>,
  replay: (resourceId: string) => Promise<T>,
) => Promise<T>;

export function runIdempotentlyOn(client: SqlClient): RunIdempotently {
  return (request, make, replay) => idempotent({ client, ...request }, make, replay);
}
