import type { FunnelQuery } from './funnel.ts';
import type { TrackedEvent } from './tracked-event.ts';
import type { TrafficMinute } from './traffic-minute.ts';

/** The log of accepted events on this process's disk. */
export interface EventLog {
  /**
   * Writes events. They survive the process and the machine once this resolves.
   *
   * @throws {CodedError} SUBGRAPH_UNAVAILABLE when the disk is full, or too much waits to be loaded
   */
  append(events: readonly TrackedEvent[]): Promise<void>;
  /** Ends what is being written, so that it can be loaded. */
  close(): Promise<void>;
}

/** Segments of accepted events, on disk. */
export interface Segments {
  /** Ends what can be loaded. @returns the segments' ids, the oldest first */
  takeSegments(now: Date): Promise<string[]>;
  read(id: string): Promise<{ readonly payloads: readonly Buffer[]; readonly tornBytes: number }>;
  delete(id: string): Promise<void>;
  /** Puts a segment aside until the next start. */
  setAside(id: string): Promise<void>;
  /** Counts anew what waits. */
  recount(): Promise<void>;
}

/** The ids of events that were accepted lately, by this process. A hint: the database decides. */
export interface RecentIds {
  has(id: string): boolean;
  add(ids: Iterable<string>): void;
}

/** How many events may come. */
export interface Allowance {
  /** Takes events from what a network may send. @throws {CodedError} RATE_LIMITED when it has sent too many */
  take(network: string, events: number, now: Date): void;
}

/** Reports over what is loaded. */
export interface Reports {
  /** The visitors who took each step after those before it. */
  funnel(query: FunnelQuery): Promise<number[]>;
  /** The last minutes, the present one last. */
  traffic(minutes: number): Promise<TrafficMinute[]>;
}
