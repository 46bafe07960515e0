import { requireUser } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';

export const setSupportAvailability: MutationResolvers['setSupportAvailability'] = async (
  _parent,
  { onDuty },
  { caller, deps },
) => {
  await deps.agents.setDuty(requireUser(caller), onDuty);
  return { onDuty };
};
