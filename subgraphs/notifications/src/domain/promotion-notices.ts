import type { PayloadOf } from '@marquee/events';

import type { Notice } from './notification.ts';

/** The notice of a reward for a referral, to either of the two. */
export function referralRewarded(event: PayloadOf<'promotions.referral-rewarded'>): Notice {
  const { userId, inviteeId, amount, currency } = event;
  const values = { amount: { amount, currency }, who: userId === inviteeId ? 'INVITED' : 'INVITER' } as const;
  return { userId, kind: 'PROMOTION', bookingId: null, message: { key: 'referralRewarded', values } };
}
