import { requireUser } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import { updatePreferences } from '../../use-cases/update-preferences.ts';

export const updateNotificationPreferences: MutationResolvers['updateNotificationPreferences'] = async (
  _parent,
  { input: changes },
  { caller, deps },
) => ({ preferences: await updatePreferences(deps, { userId: requireUser(caller), changes }) });
