import { badInput } from '@marquee/errors';

/** The counts of a minute. */
export interface TrafficMinute {
  readonly minute: Date;
  readonly visitors: number;
  readonly bookings: number;
  readonly suspicious: number;
}

export const MAX_MINUTES = 180;

/** @throws {CodedError} BAD_USER_INPUT */
export function assertMinutes(minutes: number): void {
  if (minutes < 1 || minutes > MAX_MINUTES) throw badInput('minutes', `Ask for 1 to ${MAX_MINUTES} minutes.`);
}
