import type { Log } from '@marquee/telemetry';

export interface SeedBookingsDeps {
  readonly endpoint: string;
  /** By domain. */
  readonly databaseUrls: Readonly<Record<string, string>>;
  readonly log: Log;
  /** Stops between two bookings. */
  readonly signal: AbortSignal;
  /** The pause after each booking, which leaves the processor to others. */
  readonly pauseMs?: number;
  /** The days from today whose shows are sold and moved into the last fortnight. */
  readonly pastDays?: readonly number[];
}
