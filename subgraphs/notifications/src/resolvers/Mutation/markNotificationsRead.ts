import type { MutationResolvers } from '../../generated/resolvers.ts';
import { signedInUser } from '../signed-in-user.ts';

export const markNotificationsRead: MutationResolvers['markNotificationsRead'] = async (
  _parent,
  { ids },
  { caller, notifications },
) => ({ unreadCount: await notifications.markRead({ userId: signedInUser(caller), ids }) });
