import { requireUser } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/mark-notifications-read.ts';

export const markNotificationsRead: MutationResolvers['markNotificationsRead'] = async (
  _parent,
  { ids },
  { caller, deps },
) => ({ unreadCount: await useCase.markNotificationsRead(deps, { userId: requireUser(caller), ids }) });
