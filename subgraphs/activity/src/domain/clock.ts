const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MAX_AHEAD_MS = 5 * MINUTE_MS;
/** Clients that were offline send what they kept for a week. */
const MAX_BEHIND_MS = 7 * DAY_MS;
/** The earliest year that the database reads. */
const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z');

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
  return { at: receivedAt, claimedAt: new Date(Math.max(claimed.getTime(), FIRST_INSTANT)) };
}
