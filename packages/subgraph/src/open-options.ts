import type { EventCatalogue } from '@marquee/events';
import type { ServiceCalls } from '@marquee/identity';
import type { Instruments, Log } from '@marquee/telemetry';
import type { Redis } from 'ioredis';

/** Connections and services that a subgraph gets from the stack, its process or a test. */
export interface OpenOptions {
  /** Its own migrated database. */
  readonly databaseUrl: string;
  /** A connection for commands; duplicated for blocking commands and pub/sub. */
  readonly redis: Redis;
  /** A connection to the Redis that evicts (ADR 30); without one, each process caches in its own memory. */
  readonly cache?: Redis | undefined;
  readonly namespace: string;
  /** The events of all domains. */
  readonly catalogue: EventCatalogue;
  readonly calls: ServiceCalls;
  /** Raw values, parsed by the definition's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly rateLimits?: boolean;
  readonly log: Log;
  readonly instruments?: Instruments | undefined;
  /** Called with each SQL statement. */
  readonly onStatement?: (sql: string) => void;
  readonly now?: () => Date;
  readonly random?: () => number;
}
