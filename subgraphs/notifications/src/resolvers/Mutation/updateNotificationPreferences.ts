import type { MutationResolvers } from '../../generated/resolvers.ts';
import { signedInUser } from '../signed-in-user.ts';

export const updateNotificationPreferences: MutationResolvers['updateNotificationPreferences'] = async (
  _parent,
  { input: changes },
  { caller, notifications },
) => ({ preferences: await notifications.updatePreferences({ userId: signedInUser(caller), changes }) });
