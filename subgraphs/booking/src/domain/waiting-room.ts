/** A customer's admission to the seats of a show. */
export interface Admission {
  readonly status: 'WAITING' | 'ADMITTED' | 'NOT_REQUIRED';
  /** How many are admitted before the customer, plus one; null until it is known, and once it is no longer of use. */
  readonly position: number | null;
  readonly estimatedWaitSeconds: number | null;
  /** The token that holds of the show's seats need; null until the customer is admitted. */
  readonly admissionToken: string | null;
  /** Until when seats may be held; null until the customer is admitted. */
  readonly validUntil: Date | null;
  /** Grows with what the show's clients see. */
  readonly version: number;
}

/** A customer's place in the waiting room of a show. */
export interface Place {
  readonly showId: string;
  readonly customerId: string;
  /** Null until the place has its turn: before the opening, and for a moment after coming. */
  readonly turnAt: Date | null;
  /** Seconds until the turn; zero or fewer once the customer is admitted. By the database clock. */
  readonly waitSeconds: number | null;
  /** How many people the room admits a minute. */
  readonly rate: number;
  readonly version: number;
}

/** Whether the turn of a place has come, be it over or not. */
export function hasHadTurn(place: Pick<Place, 'waitSeconds'> | null): boolean {
  return typeof place?.waitSeconds === 'number' && place.waitSeconds <= 0;
}

/** Nobody waits for a show without a waiting room. */
export const NOT_REQUIRED: Admission = {
  status: 'NOT_REQUIRED',
  ...{ position: null, estimatedWaitSeconds: null, admissionToken: null, validUntil: null },
  version: 1,
};

/**
 * The admission that a place gives; null once its time is over.
 *
 * @param seconds how long an admission lasts
 * @param tokenUntil the token of the place's customer that is valid until then
 */
export function admissionOf(place: Place, seconds: number, tokenUntil: (validUntil: Date) => string): Admission | null {
  const { turnAt, waitSeconds, rate, version } = place;
  const waiting = { status: 'WAITING', admissionToken: null, validUntil: null, version } as const;
  if (turnAt === null || waitSeconds === null) return { ...waiting, position: null, estimatedWaitSeconds: null };
  if (waitSeconds > 0) {
    const position = Math.ceil((waitSeconds * rate) / 60);
    return { ...waiting, position, estimatedWaitSeconds: Math.ceil(waitSeconds) };
  }
  if (-waitSeconds >= seconds) return null;
  const validUntil = new Date(turnAt.getTime() + seconds * 1_000);
  const admissionToken = tokenUntil(validUntil);
  return { status: 'ADMITTED', position: null, estimatedWaitSeconds: null, admissionToken, validUntil, version };
}
