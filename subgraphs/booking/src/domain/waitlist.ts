export type WaitlistStatus = 'WAITING' | 'OFFERED' | 'PURCHASED' | 'OFFER_EXPIRED' | 'LEFT';

/** A party on the waitlist of a show. */
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

export function hasEnded({ status }: Pick<WaitlistEntry, 'status'>): boolean {
  return status !== 'WAITING' && status !== 'OFFERED';
}

/** An entry whose waitlist a client follows. */
export type FollowedEntry = Pick<WaitlistEntry, 'id' | 'showId'>;

/** An entry as a version of its show's waitlist has it; null once its show has begun or was cancelled. */
export interface WaitlistChange {
  readonly entry: WaitlistEntry | null;
  readonly version: number;
}

export interface WaitlistChanges {
  read(entry: FollowedEntry): Promise<WaitlistChange>;
}

/** A party that has not been offered seats yet. */
export type WaitingParty = Pick<
  WaitlistEntry,
  'id' | 'cityCode' | 'customerId' | 'emailVerified' | 'partySize' | 'tierId'
>;
