import { requireUser } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/delete-reminder.ts';

export const deleteReminder: MutationResolvers['deleteReminder'] = async (_parent, { id }, { caller, deps }) => {
  await useCase.deleteReminder(deps, { userId: requireUser(caller), id });
  return { deletedReminderId: id };
};
