import type { EventCatalogue } from '@marquee/events';
import type { ServiceCalls } from '@marquee/identity';
import type { Instruments, Log } from '@marquee/telemetry';
import type { Redis } from 'ioredis';

/** The resources that a process opens a subgraph with. */
export interface OpenOptions {
  /** Its own migrated database. */
  readonly databaseUrl: string;
  /** A connection for commands; others like it are opened for what blocks or listens. */
  readonly redis: Redis;
  readonly namespace: string;
  /** The events of all domains. */
  readonly catalogue: EventCatalogue;
  readonly calls: ServiceCalls;
  /** As the environment gives them; checked against the definition. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly rateLimits?: boolean;
  readonly log: Log;
  readonly instruments?: Instruments | undefined;
  /** Called with the text of each SQL statement sent. */
  readonly onStatement?: (sql: string) => void;
  readonly now?: () => Date;
  readonly random?: () => number;
}
