import { requireUserCaller } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/remove-passkey.ts';

export const removePasskey: MutationResolvers['removePasskey'] = async (_parent, { id }, { caller, deps }) => {
  await useCase.removePasskey(deps, requireUserCaller(caller), id);
  return { removedPasskeyId: id };
};
