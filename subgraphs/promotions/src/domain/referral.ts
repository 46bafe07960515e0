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

/** Whether a text can be a code: as accounts takes it at a sign-up. */
export const isReferralCode = (text: string): boolean => /^[A-Z0-9]{4,20}$/.test(text);

/** The path of our own page that share links lead to. */
export const JOIN_PATH = '/pages/promotions/join';

/** Where share links lead. */
export interface ShareSites {
  /** Of the gateway. */
  readonly publicUrl: string;
  /** With the page `/join`, if there is one. */
  readonly storefrontUrl?: string | undefined;
}

/** The link that a person sends to others. */
export function shareUrlOf({ code }: Pick<Referral, 'code'>, { publicUrl, storefrontUrl }: ShareSites): string {
  const page = storefrontUrl === undefined ? `${origin(publicUrl)}${JOIN_PATH}` : `${origin(storefrontUrl)}/join`;
  return `${page}?ref=${code}`;
}

const origin = (url: string): string => url.replace(/\/+$/, '');
