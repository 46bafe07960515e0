import type { FindOrganisationRoles } from '@marquee/subgraph';

import type { Invitation, RewardOf } from '../domain/referral.ts';
import { rewardIn } from '../domain/reward.ts';

export interface RewardReferralsDeps {
  readonly invitations: {
    due(delayDays: number): Promise<readonly Invitation[]>;
    reward(invitation: Invitation, rewards: readonly RewardOf[]): Promise<void>;
    refuse(invitation: Invitation): Promise<void>;
  };
  /** For so long after the visit a refund or a suspension can still prevent the reward. */
  readonly rewardDelayDays: number;
  readonly findWalletCurrencies: (userIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Those of the people whose email address is verified. */
  readonly findVerified: (userIds: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly findOrganisationRoles: FindOrganisationRoles;
}

/**
 * Rewards both ends of the invitations that are due; payments credits them. Each reward is in the currency of the wallet,
 * or else of the visit.
 *
 * @throws {AggregateError} for those that failed; they keep no other from its reward
 */
export async function rewardReferrals(deps: RewardReferralsDeps): Promise<void> {
  const due = await deps.invitations.due(deps.rewardDelayDays);
  if (due.length === 0) return;
  const userIds = [...new Set(due.flatMap(bothOf))];
  const [currencies, verified] = await Promise.all([deps.findWalletCurrencies(userIds), deps.findVerified(userIds)]);
  const failures: unknown[] = [];
  for (const invitation of due) {
    const rewards = bothOf(invitation).flatMap((userId): RewardOf[] => {
      const reward = rewardIn(currencies.get(userId), invitation.currency);
      return reward && verified.has(userId) ? [{ userId, reward }] : [];
    });
    await decide(deps, invitation, rewards).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} referrals were not rewarded`);
}

const bothOf = ({ inviteeId, referrerId }: Invitation): readonly string[] => [inviteeId, referrerId];

/** Rewards both or neither: nobody by a visit to a show of their own. */
async function decide(deps: RewardReferralsDeps, invitation: Invitation, rewards: readonly RewardOf[]): Promise<void> {
  const isDeserved = rewards.length === 2 && !(await isOfOwnShow(deps, invitation));
  await (isDeserved ? deps.invitations.reward(invitation, rewards) : deps.invitations.refuse(invitation));
}

async function isOfOwnShow(
  { findOrganisationRoles }: Pick<RewardReferralsDeps, 'findOrganisationRoles'>,
  invitation: Invitation,
): Promise<boolean> {
  if (invitation.organisationId === null) return false;
  const roles = await Promise.all(bothOf(invitation).map((userId) => findOrganisationRoles(userId)));
  return roles.flat().some(({ organisationId }) => organisationId === invitation.organisationId);
}
