export type WaitlistStatus = 'WAITING' | 'OFFERED' | 'PURCHASED' | 'OFFER_EXPIRED' | 'LEFT';

/** A party that waits for seats of a show. */
export interface WaitlistEntry {
  readonly id: string;
  readonly cityCode: string;
  readonly showId: string;
  readonly customerId: string;
  readonly emailVerified: boolean;
  readonly partySize: number;
  /** Null when seats of any price tier will do. */
  readonly tierId: string | null;
  readonly status: WaitlistStatus;
  /** The seats that were offered; null before. */
  readonly holdId: string | null;
  /** 1 for the first; null unless the party is waiting. */
  readonly position: number | null;
}

const LAST_DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Whether parties may pass one before them that does not fit into what is free. Until a day before the show seats are kept
 * until the first party fits, so that a large one is not passed for ever; from then on empty seats would stay empty.
 */
export function mayPass({ startsAt }: { readonly startsAt: Date }, now: Date): boolean {
  return startsAt.getTime() - now.getTime() <= LAST_DAY_MS;
}
