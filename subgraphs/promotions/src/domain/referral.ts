import type { Money } from '@marquee/money';

/** A person's invitations, by a code of their own. */
export interface Referral {
  readonly userId: string;
  readonly code: string;
  /** People who signed up with the code. */
  readonly invitedCount: number;
  /** Those of them for whom the person was rewarded. */
  readonly rewardedCount: number;
  /** Rewards for inviting that were not taken back, by currency; the latest first. */
  readonly earned: readonly Money[];
}

/** A referral with the link that its person sends to others. */
export interface SharedReferral extends Referral {
  readonly shareUrl: string;
}

/** A person who signed up with somebody's code. */
export interface Invitation {
  readonly inviteeId: string;
  readonly referrerId: string;
  /** Of the visit, as is the organisation; null in rows of before. */
  readonly currency: string | null;
  readonly organisationId: string | null;
}

/** The reward of one of the two. */
export interface RewardOf {
  readonly userId: string;
  readonly reward: Money;
}

/** Letters and digits that are not mistaken for others. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 8;

/** A new code. @param randomInt a random integer from 0 to below its argument */
export function newReferralCode(randomInt: (below: number) => number): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** The link that a person sends to others. */
export function shareUrlOf({ code }: Pick<Referral, 'code'>, storefrontUrl: string): string {
  return `${storefrontUrl.replace(/\/+$/, '')}/join?ref=${code}`;
}
