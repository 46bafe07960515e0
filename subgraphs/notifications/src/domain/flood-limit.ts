const WINDOW_MS = 60 * 60_000;
/** The time in which messages of a kind are counted. */
export const FLOOD_WINDOW_SECONDS = WINDOW_MS / 1_000;

/** How messages of a kind go out: each alone, all as one digest, or not before a time. */
export type Pace = 'EACH' | 'DIGEST' | Date;

/**
 * The pace of messages of a kind to one reader: alone where no more than `most` go out in an hour with them, otherwise as
 * one digest. What comes after so many waits until the first of them is an hour old.
 *
 * @param recent when messages of the kind went out within the last hour
 */
export function paceOf(waiting: number, recent: readonly Date[], most: number): Pace {
  if (recent.length + waiting <= most) return 'EACH';
  if (recent.length < most) return 'DIGEST';
  return new Date(Math.min(...recent.map((at) => at.getTime())) + WINDOW_MS);
}
