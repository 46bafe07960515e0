import { requireUser } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/set-reminder.ts';

export const setReminder: MutationResolvers['setReminder'] = async (_parent, input, { caller, deps }) => ({
  reminder: await useCase.setReminder(deps, { ...input, userId: requireUser(caller) }),
});
