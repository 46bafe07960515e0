const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MAX_AHEAD_MS = 5 * MINUTE_MS;
/** Clients that were offline send what they kept for a week. */
const MAX_BEHIND_MS = 7 * DAY_MS;
/** Times that the database reads: an offset may carry a client's year 9999 to 10000, and 1 to 0. */
const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z');
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z');

/** When an event happened, as far as is known. */
export interface JudgedTime {
  readonly at: Date;
  /** As its client says, where its clock must be wrong; else null. */
  readonly claimedAt: Date | null;
}

/**
 * The times of a batch, which comes from one device. Where the latest cannot be right, the device's clock is wrong: all are
 * shifted by so much that the latest is when the batch was received, and keep their order. A time that can be right neither
 * way is when the batch was received.
 */
export function judgeTimes(claims: readonly Date[], receivedAt: Date): JudgedTime[] {
  const received = receivedAt.getTime();
  const claimed = claims.map((claim) => Math.min(Math.max(claim.getTime(), FIRST_INSTANT), LAST_INSTANT));
  const latest = claimed.reduce((one, other) => Math.max(one, other), FIRST_INSTANT);
  const shift = canBeRight(latest - received) ? 0 : received - latest;
  return claimed.map((claim) => {
    const at = [claim + shift, claim].find((time) => canBeRight(time - received)) ?? received;
    return { at: new Date(at), claimedAt: at === claim ? null : new Date(claim) };
  });
}

const canBeRight = (ahead: number): boolean => ahead <= MAX_AHEAD_MS && ahead >= -MAX_BEHIND_MS;
