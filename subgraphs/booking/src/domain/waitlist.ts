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

/** A party that has not been offered seats yet. */
export type WaitingParty = Pick<
  WaitlistEntry,
  'id' | 'cityCode' | 'customerId' | 'emailVerified' | 'partySize' | 'tierId'
>;
