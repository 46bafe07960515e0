import type { PayloadOf } from '@marquee/events';

import type { Notice } from './notification.ts';

/** The notice of a reward for a referral, to either of the two. */
export function referralRewarded(event: PayloadOf<'promotions.referral-rewarded'>): Notice {
  const { userId, inviteeId, amount, currency } = event;
  const values = { amount: { amount, currency }, who: userId === inviteeId ? 'INVITED' : 'INVITER' } as const;
  return ofReward(userId, { key: 'referralRewarded', values });
}

/** The notice that a reward for a referral was taken back. */
export function referralReversed(event: PayloadOf<'promotions.referral-reversed'>): Notice {
  const { userId, amount, currency } = event;
  return ofReward(userId, { key: 'referralReversed', values: { amount: { amount, currency } } });
}

function ofReward(userId: string, message: Notice['message']): Notice {
  return { userId, kind: 'PROMOTION', bookingId: null, message };
}
