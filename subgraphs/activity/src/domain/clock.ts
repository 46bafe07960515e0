const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MAX_AHEAD_MS = 5 * MINUTE_MS;
/** Clients that were offline send what they kept for a week. */
const MAX_BEHIND_MS = 7 * DAY_MS;
/** What the database reads: an offset may carry a client's year 9999 to 10000, and 1 to 0. */
const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z');
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z');

/** When an event happened, as far as is known. */
export interface JudgedTime {
  readonly at: Date;
  /** As its client says, where its clock must be wrong; else null. */
  readonly claimedAt: Date | null;
}

/** Believes a client's clock where it can be right, else the time at which the event was received. */
export function judgeTime(claimed: Date, receivedAt: Date): JudgedTime {
  const ahead = claimed.getTime() - receivedAt.getTime();
  if (ahead <= MAX_AHEAD_MS && ahead >= -MAX_BEHIND_MS) return { at: claimed, claimedAt: null };
  const readable = Math.min(Math.max(claimed.getTime(), FIRST_INSTANT), LAST_INSTANT);
  return { at: receivedAt, claimedAt: new Date(readable) };
}
