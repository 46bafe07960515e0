import type { Money } from '@marquee/money';

import { rewardIn } from '../domain/reward.ts';

interface Invitation {
  readonly inviteeId: string;
  readonly referrerId: string;
}

export interface RewardReferralsDeps {
  readonly invitations: {
    due(): Promise<readonly Invitation[]>;
    reward(invitation: Invitation, rewards: readonly { userId: string; reward: Money }[]): Promise<void>;
  };
  readonly findWalletCurrencies: (userIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

const NO_CURRENCY = '';

/**
 * Rewards both ends of the invitations that are due, each in the currency of their wallet; payments credits them.
 *
 * @throws {AggregateError} for those that failed; they keep no other from its reward
 */
export async function rewardReferrals({ invitations, findWalletCurrencies }: RewardReferralsDeps): Promise<void> {
  const due = await invitations.due();
  if (due.length === 0) return;
  const currencies = await findWalletCurrencies([
    ...new Set(due.flatMap(({ inviteeId, referrerId }) => [inviteeId, referrerId])),
  ]);
  const rewardOf = (userId: string) => ({ userId, reward: rewardIn(currencies.get(userId) ?? NO_CURRENCY) });
  const failures: unknown[] = [];
  for (const invitation of due) {
    const rewards = [rewardOf(invitation.inviteeId), rewardOf(invitation.referrerId)];
    await invitations.reward(invitation, rewards).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} referrals were not rewarded`);
}
