/** An error of the answer, as far as the retry depends on it. */
export interface Refusal {
  readonly code?: string;
  readonly field?: string;
  readonly retryAfterSeconds?: number;
}

/** The position of the event that a refusal names, such as 3 for `events.3.showId`. */
export function refusedEvent({ code, field }: Refusal): number | undefined {
  if (code !== 'BAD_USER_INPUT') return undefined;
  const position = /^events\.(\d+)/.exec(field ?? '')?.[1];
  return position === undefined ? undefined : Number(position);
}

/** The pause before the next attempt: as the server asks, else growing and random. */
export function pauseMs(attempt: number, refusal: Refusal = {}, random = Math.random()): number {
  if (refusal.retryAfterSeconds !== undefined) return refusal.retryAfterSeconds * 1_000;
  return Math.min(300_000, 5_000 * 2 ** attempt) * (0.5 + random / 2);
}
